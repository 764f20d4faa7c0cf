-- Forgets who answered before week $1. Called by AnswerPulse.
DELETE FROM pulse_mark
WHERE week < $1
