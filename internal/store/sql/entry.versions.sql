-- All versions of entry $1, the latest first. Called by append and Entry.
SELECT version, body, undoes
FROM entry
WHERE id = $1
ORDER BY version DESC
