-- All absences, by colleague and day. Called by Workforce.
SELECT colleague, first_day, last_day FROM absence ORDER BY colleague, first_day
