-- Forgets that there was an invented shop. Called by ForgetInvented.
DELETE FROM setting WHERE name = 'invented'
