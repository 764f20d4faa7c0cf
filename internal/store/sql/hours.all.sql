-- When colleagues have time for customers. Called by Workforce.
SELECT colleague, minutes FROM hours ORDER BY colleague
