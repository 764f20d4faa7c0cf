-- Appends a version of a decision and gives its number. Called by SaveDecision.
INSERT INTO decision (version, id, undone, body)
SELECT COALESCE(MAX(version), 0) + 1, $1, $2, $3
FROM decision
RETURNING version
