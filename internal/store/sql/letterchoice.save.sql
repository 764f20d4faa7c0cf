-- Keeps what colleague $1 wants of letters of kind $2. Called by SaveLetterChoice.
INSERT INTO letter_choice (colleague, kind, wanted, whole, who, at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (colleague, kind) DO UPDATE SET wanted = EXCLUDED.wanted, whole = EXCLUDED.whole, who = EXCLUDED.who, at = EXCLUDED.at
