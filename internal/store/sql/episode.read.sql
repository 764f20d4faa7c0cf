-- Fills in what came of the episode of customer $1 that began on day $2, unless that was done before. Called by SaveRound.
UPDATE episode SET read_on = $3, kept = $4, spoken = $5, complained = $6, unwanted = $7, discount = $8, currency = $9, objected = $10, minutes = $11
WHERE customer_key = $1
  AND begins = $2
  AND read_on IS NULL
