-- Keeps the lists of the morning after the round of day $1. Called by SaveRound.
INSERT INTO task_list (round, day, false_mean, false_low, false_high, hour_worth, currency, loads) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
