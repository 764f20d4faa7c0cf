-- Keeps that the company is closed on day $1, or works on that holiday. Called by SaveClosedDay.
INSERT INTO closed_day (day, name, works) VALUES ($1, $2, $3) ON CONFLICT (day) DO UPDATE SET name = excluded.name, works = excluded.works
