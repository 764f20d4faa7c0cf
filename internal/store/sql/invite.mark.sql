-- Says what became of the invitation $1 that was taken for a letter; one that was stopped meanwhile stays so. Called by MarkInvite.
UPDATE survey_invite
SET state = $2, tries = $3, next_at = $4, why = $5, said = $6, sent_at = $7, reminded_at = $8, until_day = $9
WHERE id = $1
  AND state IN ('sending', 'reminding')
