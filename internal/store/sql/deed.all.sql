-- The last $1 deeds that were not taken back, the latest first. Called by Deeds.
SELECT id, done_on, theme, who, saved_at, body FROM deed WHERE NOT gone ORDER BY done_on DESC, saved_at DESC, id LIMIT $1
