-- Forgets who answered. Called by ForgetInvented.
DELETE FROM pulse_mark
