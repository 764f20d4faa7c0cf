-- Customers of whom a lamp went out from $1 to $2 because they were lost: id, name, day. Called by LossesToAsk.
SELECT customer_id, customer_name, MAX(out_on)
FROM lamp
WHERE state = 'lost'
  AND out_on BETWEEN $1 AND $2
GROUP BY customer_id, customer_name
ORDER BY customer_id
