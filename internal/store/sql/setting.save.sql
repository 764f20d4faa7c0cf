-- Keeps the settings $1 (JSON), saved at $2. Called by SaveSettings.
INSERT INTO setting (name, body, saved_at) VALUES ('company', $1, $2)
ON CONFLICT (name) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at
