-- Keeps the company's own text for an action in a language. Called by SaveWording.
INSERT INTO wording (action, language, subject, body, at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (action, language) DO UPDATE SET subject = excluded.subject, body = excluded.body, at = excluded.at
