-- How many lamps of the last round ask for attention and were lit after day $1. Called by LitSince.
SELECT COUNT(*)
FROM lamp
WHERE day = (SELECT MAX(day) FROM round)
  AND out_on IS NULL
  AND since > $1
  AND state NOT IN ('snoozed', 'false_alarm')
  AND NOT common
  AND NOT held
