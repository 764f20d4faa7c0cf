-- Takes away the lit lamps of day $1, customer $2 and kind $3. Called by PutOutNow.
DELETE FROM lamp
WHERE day = $1
  AND customer_key = $2
  AND kind = $3
  AND out_on IS NULL
