-- The version that was written last. Called by Book.
SELECT version, body, undoes
FROM entry
ORDER BY version DESC
LIMIT 1
