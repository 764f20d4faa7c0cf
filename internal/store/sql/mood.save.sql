-- Keeps how a customer feels, as a colleague thinks. Called by SaveMood.
INSERT INTO mood (id, customer_id, customer_key, feels, note, who, at)
SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6
FROM mood
