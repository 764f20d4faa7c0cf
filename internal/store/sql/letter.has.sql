-- Whether there is a letter to colleague $1 of kind $2 and day $3. Called by HasLetter.
SELECT COUNT(*)
FROM letter
WHERE colleague = $1
  AND kind = $2
  AND day = $3
