-- Keeps what a round read in a text ($1 to $3), by the model $4, in short ($5 language, $6 reason, $7 complaint, $8 praise) and whole ($9, JSON). Called by SaveRound.
INSERT INTO remark_read (customer_key, of_table, row_id, model, language, reason, complaint, praise, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (customer_key, of_table, row_id) DO NOTHING
