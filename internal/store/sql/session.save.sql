-- Keeps a session. Called by SaveSession.
INSERT INTO session (mark, email, body, expires) VALUES ($1, $2, $3, $4)
ON CONFLICT (mark) DO UPDATE SET body = excluded.body, expires = excluded.expires
