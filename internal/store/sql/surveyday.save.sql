-- Keeps that lots were cast for day $1, unless they were before. Called by SaveDraw.
INSERT INTO survey_day (day, seed, as_of, frame, size, made_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (day) DO NOTHING
