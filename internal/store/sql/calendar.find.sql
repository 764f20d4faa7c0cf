-- Whose link has the mark $1. Called by CalendarFeedOf.
SELECT colleague, with_names, made_at FROM calendar_feed WHERE mark = $1
