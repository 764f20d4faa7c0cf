-- Notes that the invitation $1 was answered on day $2, for the first time, and finished at $3 if it was. Called by SaveReplies.
UPDATE survey_invite
SET answered_on = COALESCE(answered_on, $2), finished_at = COALESCE(finished_at, $3)
WHERE id = $1
