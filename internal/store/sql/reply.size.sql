-- How much was ever replied, and how many invitations ran out unanswered before day $1: both only grow. Called by SurveyBook.
SELECT (SELECT COALESCE(MAX(version), 0) FROM survey_reply),
       (SELECT COUNT(*) FROM survey_invite WHERE answered_on IS NULL AND until_day < $1)
