-- The number of the last line of the ledger, 0 before the first. Called by PostRewards.
SELECT COALESCE(MAX(id), 0)
FROM reward
