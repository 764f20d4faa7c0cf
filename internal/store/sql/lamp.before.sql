-- What the last round before day $1 knew of the customers whose lamps were lit then. Called by SaveRound.
SELECT customer, kind, reason, state, since, out_on, common, held, snoozed_until, p, p_star, threshold, strength, evidence,
       customer_id, customer_name, colleague, chance_leave, chance_leave_low, chance_leave_high, calibrated, money_at_risk, currency
FROM lamp
WHERE day = (SELECT MAX(day) FROM round WHERE day < $1)
  AND out_on IS NULL
ORDER BY customer, kind, reason
