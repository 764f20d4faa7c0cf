-- Keeps an invitation with what became of it, or leaves the one that the customer has on that day. Called by SaveAsked.
INSERT INTO survey_invite (id, day, stream, touchpoint, about, customer, customer_id, customer_key, firm, person, address, country, language,
                           stratum, pi, form, items, marketing, state, tries, next_at, why, said, made_at, sent_at, reminded_at, until_day, answered_on, finished_at)
SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1, $19, $20, $21, $22, $23, $24, $25, $26, $27
FROM survey_invite
