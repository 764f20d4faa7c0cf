-- Takes the absences of the colleague with e-mail $1 away, to be kept anew. Called by SaveAbsence, EndAbsence.
DELETE FROM absence WHERE colleague = $1
