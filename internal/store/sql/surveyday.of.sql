-- The days from $1 to $2 on which lots were cast, the first one first. Called by SurveyDays.
SELECT day, seed, as_of, frame, size, made_at
FROM survey_day
WHERE day >= $1
  AND day <= $2
ORDER BY day
