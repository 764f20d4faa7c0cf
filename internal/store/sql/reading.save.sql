-- Keeps how files of shape $1 are read ($2, JSON), said at $3. Called by SaveReading.
INSERT INTO reading (shape, body, saved_at) VALUES ($1, $2, $3)
ON CONFLICT (shape) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at
