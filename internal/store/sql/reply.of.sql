-- What was answered to the invitations $1 to $2, in their order. Called by Replies.
SELECT invite, item, value, scale, body, form, at
FROM survey_reply
WHERE invite >= $1
  AND invite <= $2
ORDER BY invite, version
