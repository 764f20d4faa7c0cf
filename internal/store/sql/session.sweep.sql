-- Forgets sessions that had expired at $1. Called by EndSession.
DELETE FROM session WHERE expires <= $1
