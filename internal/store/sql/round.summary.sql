-- The last round of day $1 or before, with its summary. Called by LampSummary and LitLamps.
SELECT day, summary FROM round WHERE day <= $1 ORDER BY day DESC LIMIT 1
