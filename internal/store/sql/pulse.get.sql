-- What was answered in week $1. Called by AnswerPulse.
SELECT body
FROM pulse
WHERE week = $1
