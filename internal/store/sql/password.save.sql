-- Keeps the password's hash $2 of the colleague with e-mail $1. Called by SavePassword, UseInvitation.
UPDATE colleague SET password = $2 WHERE email = $1
