-- The last reckoning from day $1 to day $2. Called by LastReckoning.
SELECT day, lost, body FROM reckoning WHERE day >= $1 AND day <= $2 ORDER BY day DESC LIMIT 1
