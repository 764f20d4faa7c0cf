-- The version that move $1 made. Called by movedAlready.
SELECT version, undoes, body
FROM customer_case
WHERE move_key = $1
