-- Every round, the latest first. Called by Rounds.
SELECT day, started, finished, version, settings, horizon, customers, lines, model, records, common
FROM round
ORDER BY day DESC
