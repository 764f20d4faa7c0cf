-- Forgets all answers. Called by ForgetInvented.
DELETE FROM pulse
