-- Keeps what is known of the colleague with e-mail $1. Called by SaveColleague.
UPDATE colleague SET name = $2, team = $3, role = $4, language = $5, hours = $6, has_left = $7
WHERE email = $1
