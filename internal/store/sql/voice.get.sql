-- What customers said as of the round of day $1, as JSON. Called by Voice.
SELECT body FROM voice WHERE round = $1
