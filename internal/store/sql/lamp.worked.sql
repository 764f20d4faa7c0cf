-- The kinds of lamps of day $1 and customer $2 that somebody has taken. Called by letGo, caseOfAct and takeLamps.
SELECT kind
FROM lamp
WHERE day = $1
  AND customer_key = $2
  AND state IN ('acknowledged', 'plan', 'saving')
  AND out_on IS NULL
ORDER BY kind
