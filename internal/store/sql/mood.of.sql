-- How customer $1 feels, as was thought last. Called by MoodOf.
SELECT customer_id, feels, note, who, at
FROM mood
WHERE customer_key = $1
ORDER BY id DESC
LIMIT 1
