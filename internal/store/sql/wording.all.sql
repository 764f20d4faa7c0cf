-- The company's own texts. Called by Wordings.
SELECT action, language, subject, body
FROM wording
ORDER BY action, language
