-- Takes back the round of day $1. Called by SaveRound.
DELETE FROM round WHERE day = $1
