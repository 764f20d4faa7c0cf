-- What was decided after the round of day $1, in order. Called by SaveRound.
SELECT id, customer_id, kind, state, snoozed_until, why, who, at, round
FROM act
WHERE round = $1
ORDER BY id
