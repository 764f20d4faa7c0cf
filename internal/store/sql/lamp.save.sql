-- Keeps one lamp of a round. Called by SaveRound.
INSERT INTO lamp (
    day, customer, kind, reason, family, state, since, out_on, common, held, snoozed_until, p, p_star, threshold, strength, evidence,
    customer_id, customer_key, customer_name, searched,
    chance_leave, chance_leave_low, chance_leave_high, calibrated, money_at_risk, currency, colleague
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)
