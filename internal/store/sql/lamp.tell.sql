-- Gives the lit lamps of day $1, customer $2 and kind $3 the evidence $4. Called by LightNow.
UPDATE lamp SET evidence = $4
WHERE day = $1
  AND customer_key = $2
  AND kind = $3
  AND out_on IS NULL
