-- The lines of the ledger of day $1 or later (NULL for all) and of colleague $2 ('' for everybody's), in the order of writing. Called by Rewards.
SELECT body
FROM reward
WHERE ($1 IS NULL OR day >= $1)
  AND ($2 = '' OR colleague = $2)
ORDER BY id
