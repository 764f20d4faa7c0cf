-- The kinds of lamps of day $1 and customer $2 that burn and that nobody has decided about. Called by takeLamps.
SELECT kind
FROM lamp
WHERE day = $1
  AND customer_key = $2
  AND state = 'lit'
  AND out_on IS NULL
  AND NOT held
ORDER BY kind
