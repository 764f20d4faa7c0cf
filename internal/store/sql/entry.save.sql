-- Appends a version of an entry and gives its number. Called by append.
INSERT INTO entry (version, id, customer_id, customer_key, kind, due, done, who, undone, undoes, body)
SELECT COALESCE(MAX(version), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
FROM entry
RETURNING version
