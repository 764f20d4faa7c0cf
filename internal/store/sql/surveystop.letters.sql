-- Stops what still waits to be sent to the customer $1 at the address $2. Called by StopSurveys.
UPDATE survey_invite
SET state = 'stopped'
WHERE customer_key = $1
  AND address = $2
  AND state IN ('waiting', 'sent')
