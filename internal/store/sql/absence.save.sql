-- Keeps an absence of the colleague with e-mail $1. Called by SaveAbsence, EndAbsence.
INSERT INTO absence (colleague, first_day, last_day) VALUES ($1, $2, $3)
