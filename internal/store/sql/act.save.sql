-- Keeps what was decided about a lamp and gives its number. Called by SaveAct.
INSERT INTO act (id, customer_id, customer_key, kind, state, snoozed_until, why, who, at, round)
SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9
FROM act
RETURNING id
