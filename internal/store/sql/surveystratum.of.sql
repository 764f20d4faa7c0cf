-- What the lots of the days from $1 to $2 took from each stratum. Called by SurveyDays.
SELECT day, stream, touchpoint, stratum, population, eligible, taken, spread, target
FROM survey_stratum
WHERE day >= $1
  AND day <= $2
ORDER BY day, stream, touchpoint, stratum
