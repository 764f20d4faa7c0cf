-- The absences of the colleague with e-mail $1, by day. Called by SaveAbsence, EndAbsence.
SELECT colleague, first_day, last_day FROM absence WHERE colleague = $1 ORDER BY first_day
