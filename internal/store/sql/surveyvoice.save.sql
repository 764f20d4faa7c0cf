-- Keeps what somebody answered by the link $1 in the form $2; a form that is sent again changes nothing. Called by SavePlaceAnswers.
INSERT INTO survey_voice (place, form, item, value, scale, body, words, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (place, form, item) DO NOTHING
