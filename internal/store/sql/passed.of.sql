-- Why customer $2 is on no list made after the round of day $1. Called by PassedOver.
SELECT why, facts FROM passed WHERE round = $1 AND customer = $2
