-- The $1 latest letters, without what they say. Called by Letters.
SELECT id, kind, colleague, day, round, language, subject, '', '', state, tries, next_at, why, answer, made_at, sent_at
FROM letter
ORDER BY id DESC
LIMIT $1
