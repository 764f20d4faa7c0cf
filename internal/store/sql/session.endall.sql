-- Ends all sessions of the colleague with e-mail $1. Called by SavePassword, UseInvitation, SaveColleague.
DELETE FROM session WHERE email = $1
