-- Voids the links of the colleague with e-mail $1. Called by SavePassword, UseInvitation, SaveColleague.
DELETE FROM invitation WHERE email = $1
