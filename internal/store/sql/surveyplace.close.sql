-- Closes the link $1, or opens it again. Called by CloseSurveyPlace.
UPDATE survey_place
SET closed = $2
WHERE id = $1
