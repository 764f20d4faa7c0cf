-- Keeps random bytes $2 by the name $1, unless there are some. Called by Secret.
INSERT INTO secret (name, body)
VALUES ($1, $2)
ON CONFLICT (name) DO NOTHING
