-- The summary of the last round. Called by LampSummary.
SELECT summary FROM round ORDER BY day DESC LIMIT 1
