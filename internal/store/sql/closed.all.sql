-- The days on which the company is closed, and the holidays on which it works. Called by Workforce.
SELECT day, name, works FROM closed_day ORDER BY day
