-- The password's hash of the colleague with e-mail $1, who has not left. Called by Password.
SELECT password FROM colleague WHERE email = $1 AND NOT has_left
