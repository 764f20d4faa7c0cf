-- The lists made after the last round of day $1 or before. Called by TaskList.
SELECT round, day, false_mean, false_low, false_high, hour_worth, currency, loads FROM task_list WHERE round <= $1 ORDER BY round DESC LIMIT 1
