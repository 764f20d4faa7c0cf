-- Takes back the lamps of the round of day $1. Called by SaveRound.
DELETE FROM lamp WHERE day = $1
