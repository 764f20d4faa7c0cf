-- The last round of day $1 or before. Called by LastRound.
SELECT day, started, finished, version, settings, horizon, customers, lines, model, records, common
FROM round
WHERE day <= $1
ORDER BY day DESC
LIMIT 1
