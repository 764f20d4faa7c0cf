-- What was at risk with customer $1 on day $2, by the last round until then that had a lamp of theirs. Called by RiskAt.
SELECT customer_id, customer_name, chance_leave, money_at_risk, currency
FROM lamp
WHERE customer_key = $1
  AND day <= $2
  AND NOT held
ORDER BY day DESC, strength DESC
LIMIT 1
