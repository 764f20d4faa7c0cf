-- Who came after the lists made after the round of day $1 and would be on one, the dearest first, $2 at most. Called by CameLater.
SELECT p.customer, l.customer_id, l.customer_name, l.colleague, MIN(l.kind), MAX(l.money_at_risk), MAX(l.currency)
FROM passed p
CROSS JOIN lamp l -- those passed over first: they are few, and an engine that knows no counts takes them last
WHERE p.round = $1 AND p.why = 'came_later' AND l.day = p.round AND l.customer = p.customer AND l.out_on IS NULL
GROUP BY p.customer, l.customer_id, l.customer_name, l.colleague
ORDER BY MAX(l.money_at_risk) DESC, p.customer
LIMIT $2
