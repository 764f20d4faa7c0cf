-- The random bytes of a name. Called by Secret.
SELECT body
FROM secret
WHERE name = $1
