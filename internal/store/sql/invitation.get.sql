-- Whom the link with mark $1 is for, unless it has expired at $2 or they left. Called by Invitation, UseInvitation.
SELECT c.email, c.name, c.team, c.role, c.language, c.hours, c.has_left
FROM invitation i JOIN colleague c ON c.email = i.email
WHERE i.mark = $1 AND i.expires > $2 AND NOT c.has_left
