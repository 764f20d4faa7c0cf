-- What a summary counts of the lamps lit after the round of day $1. Called by SaveAct and SaveRound.
SELECT customer, kind, reason, state, money_at_risk, currency
FROM lamp
WHERE day = $1
  AND out_on IS NULL
