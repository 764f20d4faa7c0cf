-- Keeps the link of the colleague with e-mail $1, in place of the one before. Called by SaveCalendarFeed.
INSERT INTO calendar_feed (colleague, mark, with_names, made_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (colleague) DO UPDATE SET mark = excluded.mark, with_names = excluded.with_names, made_at = excluded.made_at
