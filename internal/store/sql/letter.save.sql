-- Keeps a letter to colleague $2 of kind $1 and day $3, unless there is one. Called by SaveLetter.
INSERT INTO letter (id, kind, colleague, day, round, language, subject, body_text, body_html, state, tries, next_at, why, answer, made_at)
SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, '', '', $11
FROM letter
WHERE TRUE -- or the engine takes ON for a join
ON CONFLICT (colleague, kind, day) DO NOTHING
RETURNING id
