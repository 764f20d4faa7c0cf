-- Keeps a correction ($1 id, $2 to $5 which text, $6 who, $7 when, $8 JSON), unless its form was sent before. Called by SaveCorrection.
INSERT INTO correction (id, customer_key, customer_id, of_table, row_id, who, saved_at, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (id) DO NOTHING
