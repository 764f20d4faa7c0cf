-- When the last answer was given. Called by LastReply.
SELECT MAX(at)
FROM survey_reply
