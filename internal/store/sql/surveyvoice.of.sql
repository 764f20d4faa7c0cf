-- What was answered by links for touchpoints from $1 to before $2. Called by PlaceAnswers.
SELECT p.touchpoint, v.item, v.value, v.scale, v.body, v.words, v.at
FROM survey_voice v
JOIN survey_place p ON p.id = v.place
WHERE v.at >= $1
  AND v.at < $2
ORDER BY v.at, v.place, v.form, v.item
