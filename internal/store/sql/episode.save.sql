-- Begins an episode, unless the customer $1 has one that goes on at any time of it. Called by SaveRound.
INSERT INTO episode (customer_key, begins, ends, round, customer, customer_id, held, share, tier, risk, leave, active, residual, reason, action, owner)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
WHERE NOT EXISTS (SELECT 1 FROM episode WHERE customer_key = $1 AND begins < $3 AND ends > $2)
