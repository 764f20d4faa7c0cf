-- The lamps that the round of day $1 put out. Called by OutLamps.
SELECT customer, kind, reason, state, since, out_on, p, threshold, strength, evidence
FROM lamp
WHERE day = $1
  AND out_on IS NOT NULL
ORDER BY customer, kind, reason
