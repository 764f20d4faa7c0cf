-- The last round that a letter of kind $2 to colleague $1 spoke of. Called by LastTold.
SELECT MAX(round)
FROM letter
WHERE colleague = $1
  AND kind = $2
  AND state IN ('waiting', 'sending', 'sent')
