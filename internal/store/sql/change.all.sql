-- The $1 latest changes after the first $2 of them. Called by Changes.
SELECT id, at, who, what, about, said_before, said_after
FROM change
ORDER BY id DESC
LIMIT $1 OFFSET $2
