-- Keeps the summary $3 of the lamps of colleague $2's customers after the round of day $1. Called by SaveAct, SaveRound and Open.
INSERT INTO lamp_sum (day, colleague, summary) VALUES ($1, $2, $3)
ON CONFLICT (day, colleague) DO UPDATE SET summary = excluded.summary
