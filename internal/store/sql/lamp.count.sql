-- How many lamps were lit after the round of day $1, narrowed by the lines that are asked for. Called by LitLamps.
SELECT COUNT(*)
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
