-- Notes that the customer $1 at the address $2 wants no more surveys. Called by StopSurveys.
INSERT INTO survey_stop (customer_key, address, at)
VALUES ($1, $2, $3)
ON CONFLICT (customer_key, address) DO NOTHING
