-- Decision $1 as it is now. Called by SaveDecision and Decision.
SELECT version, body
FROM decision
WHERE id = $1
ORDER BY version DESC
LIMIT 1
