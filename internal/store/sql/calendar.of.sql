-- The link of the colleague with e-mail $1. Called by CalendarFeed.
SELECT colleague, with_names, made_at FROM calendar_feed WHERE colleague = $1
