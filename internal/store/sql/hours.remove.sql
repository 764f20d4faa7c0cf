-- Gives the colleague with e-mail $1 the hours of the settings again. Called by UsualHours.
DELETE FROM hours WHERE colleague = $1
