-- Appends a move of a case and gives its number. Called by saveCase.
INSERT INTO customer_case (version, id, move_key, customer_id, customer_key, searched, state, owner, due, closed_on, ask_again, undone, undoes, body)
SELECT COALESCE(MAX(version), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
FROM customer_case
RETURNING version
