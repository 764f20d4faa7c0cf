-- The invitation $1. Called by InviteByID.
SELECT id, day, stream, touchpoint, about, customer, customer_id, firm, person, address, country, language, stratum, pi, form, items, marketing,
       state, tries, next_at, why, said, made_at, sent_at, reminded_at, until_day, answered_on, finished_at
FROM survey_invite
WHERE id = $1
