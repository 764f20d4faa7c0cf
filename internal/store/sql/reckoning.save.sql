-- Keeps the reckoning of day $1. Called by SaveReckoning.
INSERT INTO reckoning (day, lost, body, saved_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (day) DO UPDATE SET lost = excluded.lost, body = excluded.body, saved_at = excluded.saved_at
