-- Version $1 of the company's own words; the last of all where $1 is below 0. Called by SurveyText.
SELECT version, words, who, at
FROM survey_text
WHERE version = $1
   OR $1 < 0
ORDER BY version DESC
LIMIT 1
