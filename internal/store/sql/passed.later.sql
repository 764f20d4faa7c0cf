-- Who came after the lists made after the round of day $1 and would be on one, the dearest first, $2 at most. Called by CameLater.
SELECT p.customer, l.customer_id, l.customer_name, l.colleague, MIN(l.kind), MAX(l.money_at_risk), MAX(l.currency)
FROM passed p
JOIN lamp l ON l.day = p.round AND l.customer = p.customer AND l.out_on IS NULL
WHERE p.round = $1 AND p.why = 'came_later'
GROUP BY p.customer, l.customer_id, l.customer_name, l.colleague
ORDER BY MAX(l.money_at_risk) DESC, p.customer
LIMIT $2
