-- Takes the invitation that is due at $1 the longest, for its letter or its reminder, until $2 at the most. Called by ClaimInvite.
UPDATE survey_invite
SET state = CASE WHEN state IN ('waiting', 'sending') THEN 'sending' ELSE 'reminding' END, next_at = $2, tries = tries + 1
WHERE id = (SELECT id
            FROM survey_invite
            WHERE state IN ('waiting', 'sending', 'sent', 'reminding')
              AND next_at <= $1
              AND answered_on IS NULL
            ORDER BY next_at, id
            LIMIT 1)
RETURNING id, day, stream, touchpoint, about, customer, customer_id, firm, person, address, country, language, stratum, pi, form, items, marketing,
       state, tries, next_at, why, said, made_at, sent_at, reminded_at, until_day, answered_on, finished_at
