-- Gives the lit lamps of day $1, customer $2 and kind $3 the state $4 until $5. Called by SaveAct and SaveRound.
UPDATE lamp SET state = $4, snoozed_until = $5
WHERE day = $1
  AND customer_key = $2
  AND kind = $3
  AND out_on IS NULL
  AND NOT held
