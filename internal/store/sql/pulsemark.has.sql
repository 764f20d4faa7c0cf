-- Whether colleague $2 is not to be asked again in week $1. Called by PulseMarked.
SELECT COUNT(*)
FROM pulse_mark
WHERE week = $1
  AND colleague = $2
