-- What was decided about lamps from the time $1 on, in order. Called by ActsSince.
SELECT id, customer_id, kind, state, snoozed_until, why, who, at, round
FROM act
WHERE at >= $1
ORDER BY id
