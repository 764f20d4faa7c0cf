-- How many texts that the last round read have each reason and language, by model. Called by RemarkSums.
SELECT model, reason, language, COUNT(*), SUM(CASE WHEN complaint THEN 1 ELSE 0 END), SUM(CASE WHEN praise THEN 1 ELSE 0 END)
FROM remark_read
GROUP BY model, reason, language
ORDER BY COUNT(*) DESC, reason, language
