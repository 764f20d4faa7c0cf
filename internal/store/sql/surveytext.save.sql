-- Keeps the next version of the company's own words $1. Called by SaveSurveyText.
INSERT INTO survey_text (version, words, who, at)
SELECT COALESCE(MAX(version), 0) + 1, $1, $2, $3
FROM survey_text
RETURNING version
