-- Forgets all decisions. Called by ForgetInvented.
DELETE FROM decision
