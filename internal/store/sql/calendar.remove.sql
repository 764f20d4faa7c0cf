-- Voids the link of the colleague with e-mail $1. Called by EndCalendarFeed, SaveColleague.
DELETE FROM calendar_feed WHERE colleague = $1
