-- Keeps why customer $2 is on no list made after the round of day $1. Called by SaveRound.
INSERT INTO passed (round, customer, why, facts) VALUES ($1, $2, $3, $4)
