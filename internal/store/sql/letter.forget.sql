-- Forgets letters of before day $1. Called by SaveLetter.
DELETE FROM letter
WHERE day < $1
