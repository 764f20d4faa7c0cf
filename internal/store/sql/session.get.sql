-- The session with mark $1, unless it has expired at $2. Called by Session.
SELECT body FROM session WHERE mark = $1 AND expires > $2
