-- Who wants no more surveys. Called by SurveyStops.
SELECT customer_key, address
FROM survey_stop
ORDER BY customer_key, address
