-- Keeps a round. Called by SaveRound.
INSERT INTO round (day, started, finished, version, settings, horizon, customers, lines, summary, model, records, common)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
