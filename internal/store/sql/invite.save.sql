-- Keeps an invitation that waits to be sent. Called by SaveDraw.
INSERT INTO survey_invite (id, day, stream, touchpoint, about, customer, customer_id, customer_key, firm, person, address, country, language,
                           stratum, pi, form, items, marketing, state, tries, next_at, why, said, made_at)
SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'waiting', 0, $18, '', '', $19
FROM survey_invite
RETURNING id
