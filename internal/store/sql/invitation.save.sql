-- Keeps a link for the colleague with e-mail $1; the one before it is void. Called by Invite.
INSERT INTO invitation (email, mark, expires) VALUES ($1, $2, $3)
ON CONFLICT (email) DO UPDATE SET mark = excluded.mark, expires = excluded.expires
