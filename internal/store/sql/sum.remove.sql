-- Takes back the summaries of colleagues after the round of day $1. Called by SaveRound and Open.
DELETE FROM lamp_sum WHERE day = $1
