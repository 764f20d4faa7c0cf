-- The lamps that were lit after the round of day $1, narrowed by the lines that are asked for; the cheapest first, $10 of them after $11. Called by LitLamps.
SELECT customer, kind, reason, state, since, out_on, common, held, snoozed_until, p, p_star, threshold, strength, evidence,
       customer_id, customer_name, colleague, chance_leave, chance_leave_low, chance_leave_high, calibrated, money_at_risk, currency
FROM lamp
WHERE day = $1
  AND out_on IS NULL
  AND kind = $2                                              -- if kind
  AND reason = $3                                            -- if reason
  AND family = $4                                            -- if family
  AND customer_key = $5                                      -- if customer
  AND searched LIKE $6 ESCAPE '\'                            -- if search
  AND state = $7                                             -- if state
  AND NOT common AND state NOT IN ('snoozed', 'false_alarm') -- if awake
  AND NOT held                                               -- if shown
  AND colleague = $8                                         -- if colleague
  AND colleague IN ($9, '')                                  -- if nobodys
ORDER BY money_at_risk, customer, kind, reason
LIMIT $10 OFFSET $11
