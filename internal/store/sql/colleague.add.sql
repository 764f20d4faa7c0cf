-- Adds a colleague with a password's hash ('': none yet). Called by AddColleague, AddOwner.
INSERT INTO colleague (email, name, team, role, language, hours, has_left, password)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
