-- Takes back every round, with its lamps. Called by ForgetInvented.
DELETE FROM round
