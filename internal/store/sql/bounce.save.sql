-- Keeps that letters do not arrive at address $1, the first time that is told. Called by SaveBounce.
INSERT INTO survey_bounce (address, customer_key, customer_id, person, invite, said, at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (address) DO NOTHING
