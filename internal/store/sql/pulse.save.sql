-- Keeps what was answered in week $1. Called by AnswerPulse.
INSERT INTO pulse (week, body)
VALUES ($1, $2)
ON CONFLICT (week) DO UPDATE SET body = excluded.body
