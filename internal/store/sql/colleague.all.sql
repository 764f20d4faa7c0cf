-- All colleagues, those who left last. Called by Colleagues.
SELECT email, name, team, role, language, hours, has_left
FROM colleague
ORDER BY has_left, LOWER(name), email
