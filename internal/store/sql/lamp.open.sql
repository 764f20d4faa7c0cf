-- The lamps that were lit at the end of the last round before day $1. Called by OpenLamps.
SELECT customer, kind, reason, state, since, out_on, common, held, snoozed_until, p, p_star, threshold, strength, evidence
FROM lamp
WHERE day = (SELECT MAX(day) FROM round WHERE day < $1)
  AND out_on IS NULL
ORDER BY customer, kind, reason
