-- The id, name and reason of customer $2 and kind $3 among the lamps of day $1. Called by caseOfAct.
SELECT customer_id, customer_name, reason
FROM lamp
WHERE day = $1
  AND customer_key = $2
  AND kind = $3
  AND out_on IS NULL
ORDER BY reason
LIMIT 1
