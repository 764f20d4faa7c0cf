-- Keeps one task of a list. Called by SaveRound.
INSERT INTO task (
    round, customer, customer_id, customer_key, customer_name, colleague, place, lamp, reason, step, due, gain,
    leave, leave_low, leave_high, since, lying, escalated, covered, owner
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
