-- The lamps that were lit after the round of day $1, of kind $2, reason $3, family $4, customer $5, found by $6, in state $7 ('awake': neither snoozed nor a false alarm, nor one of many lit at once); '' asks for all; the oldest first, $8 of them after $9. Called by LitLamps.
SELECT customer, kind, reason, state, since, out_on, common, snoozed_until, p, p_star, threshold, strength, evidence,
       customer_id, customer_name, chance_leave, chance_leave_low, chance_leave_high, calibrated, money_at_risk, currency
FROM lamp
WHERE day = $1
  AND out_on IS NULL
  AND ($2 = '' OR kind = $2)
  AND ($3 = '' OR reason = $3)
  AND ($4 = '' OR family = $4)
  AND ($5 = '' OR customer_key = $5)
  AND ($6 = '' OR searched LIKE $6 ESCAPE '\')
  AND ($7 = '' OR state = $7 OR $7 = 'awake' AND NOT common AND state NOT IN ('snoozed', 'false_alarm'))
ORDER BY since, customer, kind, reason
LIMIT $8 OFFSET $9
