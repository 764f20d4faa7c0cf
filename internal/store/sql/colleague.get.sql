-- The colleague with e-mail $1. Called by Colleague, SaveColleague.
SELECT email, name, team, role, language, hours, has_left
FROM colleague
WHERE email = $1
