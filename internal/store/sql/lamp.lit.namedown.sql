-- The lamps that were lit after the round of day $1, of kind $2, reason $3, family $4, customer $5, found by $6; '' asks for all; by name from the end, $7 of them after $8. Called by LitLamps.
SELECT customer, kind, reason, state, since, out_on, p, threshold, strength, evidence,
       customer_id, customer_name, chance_leave, chance_leave_low, chance_leave_high, calibrated, money_at_risk, currency
FROM lamp
WHERE day = $1
  AND out_on IS NULL
  AND ($2 = '' OR kind = $2)
  AND ($3 = '' OR reason = $3)
  AND ($4 = '' OR family = $4)
  AND ($5 = '' OR customer_key = $5)
  AND ($6 = '' OR searched LIKE $6 ESCAPE '\')
ORDER BY LOWER(customer_name) DESC, customer_id DESC, customer, kind, reason
LIMIT $7 OFFSET $8
