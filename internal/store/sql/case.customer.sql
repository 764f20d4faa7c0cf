-- The cases of customer $1 as they are now, the one that was moved last first. Called by CasesOf and openCase.
SELECT c.version, c.undoes, c.body
FROM customer_case c
WHERE c.customer_key = $1
  AND NOT c.undone
  AND NOT EXISTS (SELECT 1 FROM customer_case later WHERE later.id = c.id AND later.version > c.version)
ORDER BY c.version DESC
