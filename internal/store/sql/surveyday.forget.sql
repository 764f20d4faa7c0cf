-- Forgets all draws, of which no invitation is left. Called by ForgetInvented.
DELETE FROM survey_day
