-- Keeps how the invented shop stands ($1, JSON), as of $2. Called by SaveInvention.
INSERT INTO setting (name, body, saved_at) VALUES ('invented', $1, $2)
ON CONFLICT (name) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at
