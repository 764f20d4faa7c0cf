-- Keeps the mark $1 of an address of the invitation $2. Called by LinkInvite.
INSERT INTO survey_link (mark, invite)
VALUES ($1, $2)
ON CONFLICT (mark) DO NOTHING
