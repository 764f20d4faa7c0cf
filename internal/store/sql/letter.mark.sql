-- Says what became of the letter $1 that was taken; one that is not to be tried again loses what it says. Called by MarkLetter.
UPDATE letter
SET state = $2, next_at = $3, why = $4, answer = $5, sent_at = $6,
    body_text = CASE WHEN $2 = 'waiting' THEN body_text ELSE '' END,
    body_html = CASE WHEN $2 = 'waiting' THEN body_html ELSE '' END
WHERE id = $1
  AND state = 'sending'
