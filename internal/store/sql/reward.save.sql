-- Appends line $1 of the ledger unless what it is for ($2) is there. Called by PostRewards.
INSERT INTO reward (id, key, day, customer_key, colleague, body)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (key) DO NOTHING
