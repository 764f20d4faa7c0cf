-- Ends the session with mark $1. Called by EndSession.
DELETE FROM session WHERE mark = $1
