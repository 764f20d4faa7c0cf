-- The tasks of the lists made after the round of day $1, by colleague and place. Called by TaskList.
SELECT customer, customer_id, customer_name, colleague, place, lamp, reason, step, due, gain, leave, leave_low, leave_high, since, lying, escalated, covered, owner
FROM task WHERE round = $1 ORDER BY colleague, place
