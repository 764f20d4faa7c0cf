-- Gives up what was sent, or waits to be sent, to address $1 and was not answered, for the mail server says $2. Called by SaveBounce.
UPDATE survey_invite
SET state = 'failed', why = 'mail_address', said = $2
WHERE address = $1
  AND answered_on IS NULL
  AND (state IN ('waiting', 'sending', 'reminding') OR id = $3)
