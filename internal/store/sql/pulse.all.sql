-- What was answered, week by week. Called by Pulses.
SELECT body
FROM pulse
ORDER BY week
