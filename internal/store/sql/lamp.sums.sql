-- What a summary counts of the lamps lit after the round of day $1, without those of customers who are held out; of customer $2, if one is named. Called by SaveAct, SaveRound and Open.
SELECT customer, kind, reason, state, common, money_at_risk, currency, colleague
FROM lamp
WHERE day = $1
  AND out_on IS NULL
  AND NOT held
  AND customer_key = $2 -- if customer
