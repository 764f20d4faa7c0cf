-- All versions of case $1, the latest first. Called by readCase and CaseLog.
SELECT version, undoes, body
FROM customer_case
WHERE id = $1
ORDER BY version DESC
