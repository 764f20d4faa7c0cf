-- Keeps who changed what. Called by SaveChange and by whatever changes something.
INSERT INTO change (id, at, who, what, about, said_before, said_after)
SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6
FROM change
