-- Notes that colleague $2 is not asked again in week $1. Called by AnswerPulse.
INSERT INTO pulse_mark (week, colleague)
VALUES ($1, $2)
ON CONFLICT (week, colleague) DO NOTHING
