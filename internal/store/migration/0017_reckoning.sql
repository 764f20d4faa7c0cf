-- +goose Up
-- What a round counted of the company as a whole.
CREATE TABLE reckoning (
    day      TEXT PRIMARY KEY REFERENCES round (day) ON DELETE CASCADE,
    lost     TEXT NOT NULL, -- JSON: from which silence on a customer is called lost
    body     TEXT NOT NULL, -- JSON
    saved_at TEXT NOT NULL
);
