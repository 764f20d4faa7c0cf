-- What was decided about the lamps of customer $1, the latest first. Called by Acts.
SELECT id, customer_id, kind, state, snoozed_until, why, who, at, round
FROM act
WHERE customer_key = $1
ORDER BY id DESC
