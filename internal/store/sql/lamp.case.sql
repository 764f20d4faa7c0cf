-- Gives the lamps of day $1 and customer $2 that a case holds the state $3 until $4. Called by followCase and holdAgain.
UPDATE lamp SET state = $3, snoozed_until = $4
WHERE day = $1
  AND customer_key = $2
  AND state IN ('acknowledged', 'plan', 'saving', 'recovered', 'lost')
  AND out_on IS NULL
