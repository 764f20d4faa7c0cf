-- Takes the letter that is due at $1 the longest, until $2 at the most. Called by ClaimLetter.
UPDATE letter
SET state = 'sending', next_at = $2, tries = tries + 1
WHERE id = (SELECT id FROM letter WHERE state IN ('waiting', 'sending') AND next_at <= $1 ORDER BY next_at, id LIMIT 1)
RETURNING id, kind, colleague, day, round, language, subject, body_text, body_html, state, tries, next_at, why, answer, made_at, sent_at
