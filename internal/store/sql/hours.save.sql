-- Keeps when the colleague with e-mail $1 has time for customers. Called by SaveHours.
INSERT INTO hours (colleague, minutes) VALUES ($1, $2) ON CONFLICT (colleague) DO UPDATE SET minutes = excluded.minutes
