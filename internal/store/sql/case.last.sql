-- How much was ever done to cases. Called by CaseBook.
SELECT COALESCE(MAX(version), 0)
FROM customer_case
