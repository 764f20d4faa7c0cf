-- Keeps a deed ($1 id, $2 day, $3 theme, $4 who, $5 when, $6 JSON), unless its form was sent before. Called by SaveDeed.
INSERT INTO deed (id, done_on, theme, who, saved_at, gone, body) VALUES ($1, $2, $3, $4, $5, FALSE, $6)
ON CONFLICT (id) DO NOTHING
