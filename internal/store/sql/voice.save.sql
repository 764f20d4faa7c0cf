-- Keeps what customers said ($2, JSON) as of the round of day $1. Called by SaveRound and SaveVoice.
INSERT INTO voice (round, body) VALUES ($1, $2)
ON CONFLICT (round) DO UPDATE SET body = excluded.body
