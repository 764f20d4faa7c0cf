-- Fills in the margin of the episode of customer $1 that began on day $2, unless that was done before. Called by SaveRound.
UPDATE episode SET margin_on = $3, margin = $4, currency = $5
WHERE customer_key = $1
  AND begins = $2
  AND margin_on IS NULL
