-- When the colleague with e-mail $1 has time for customers. Called by SaveHours.
SELECT minutes FROM hours WHERE colleague = $1
