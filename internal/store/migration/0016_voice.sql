-- +goose Up
-- What customers said, as of a round: survey.Report as JSON.
CREATE TABLE voice (
    round TEXT PRIMARY KEY REFERENCES round (day) ON DELETE CASCADE,
    body  TEXT NOT NULL
);

-- You said, we did: what was decided about what customers said.
CREATE TABLE deed (
    id       TEXT PRIMARY KEY, -- made by the form that wrote it
    done_on  TEXT NOT NULL,
    theme    TEXT NOT NULL, -- a reason
    who      TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    gone     BOOLEAN NOT NULL, -- taken back
    body     TEXT NOT NULL -- behold.Deed as JSON
);
