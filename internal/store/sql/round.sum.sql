-- Keeps the summary $2 of the round of day $1. Called by SaveAct and SaveRound.
UPDATE round SET summary = $2 WHERE day = $1
