-- Keeps what the lot took from a stratum on day $1. Called by SaveDraw.
INSERT INTO survey_stratum (day, stream, touchpoint, stratum, population, eligible, taken, spread, target)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
