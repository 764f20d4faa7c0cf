-- The invitations whose lot was cast from day $1 to $2, of the customer with the key $3 ('': of all), the first one first. Called by Invites.
SELECT id, day, stream, touchpoint, about, customer, customer_id, firm, person, address, country, language, stratum, pi, form, items, marketing,
       state, tries, next_at, why, said, made_at, sent_at, reminded_at, until_day, answered_on, finished_at
FROM survey_invite
WHERE day >= $1
  AND day <= $2
  AND ($3 = '' OR customer_key = $3)
ORDER BY id
