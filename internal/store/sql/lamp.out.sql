-- The lamps that rounds from day $1 to before day $2 put out, with what was last known of their customers. Called by OutLamps and GoneLamps.
SELECT customer, kind, reason, state, since, out_on, common, held, snoozed_until, p, p_star, threshold, strength, evidence,
       customer_id, customer_name, colleague, chance_leave, chance_leave_low, chance_leave_high, calibrated, money_at_risk, currency
FROM lamp
WHERE day >= $1
  AND day < $2
  AND out_on IS NOT NULL
  AND NOT held -- if shown
ORDER BY customer, kind, reason, day
