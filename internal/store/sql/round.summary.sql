-- The summary of the last round of day $1 or before. Called by LampSummary.
SELECT day, summary FROM round WHERE day <= $1 ORDER BY day DESC LIMIT 1
