-- Keeps a new link for a touchpoint. Called by SaveSurveyPlace.
INSERT INTO survey_place (id, token, name, touchpoint, language, site, closed, made_at)
SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, FALSE, $6
FROM survey_place
RETURNING id
