-- How many rounds there are of day $1: one or none. Called by SaveVoice.
SELECT COUNT(*) FROM round WHERE day = $1
