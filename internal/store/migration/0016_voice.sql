-- +goose Up
-- What customers said, as of a round: survey.Report as JSON.
CREATE TABLE voice (
    round TEXT PRIMARY KEY REFERENCES round (day) ON DELETE CASCADE,
    body  TEXT NOT NULL
);

-- What a text of a customer was read as, and by which model.
CREATE TABLE text_reading (
    id           TEXT PRIMARY KEY, -- table, row and item of the text
    customer_id  TEXT NOT NULL,
    customer_key TEXT NOT NULL, -- behold.CustomerKey of the id
    said_on      TEXT NOT NULL, -- the day
    source       TEXT NOT NULL, -- the table: answers, tickets, contacts
    language     TEXT NOT NULL,
    reason       TEXT NOT NULL, -- unknown: none that is sure enough
    model        TEXT NOT NULL, -- which model read it
    body         TEXT NOT NULL  -- behold.TextReading as JSON; personal data are masked in it
);
CREATE INDEX text_reading_day ON text_reading (said_on);

-- What colleagues said a text says. The latest of a text holds, none is overwritten.
CREATE TABLE text_label (
    version      BIGINT PRIMARY KEY, -- of all labels, the later the higher
    id           TEXT NOT NULL UNIQUE, -- made by the form that wrote it
    text_id      TEXT NOT NULL,
    customer_id  TEXT NOT NULL,
    customer_key TEXT NOT NULL,
    who          TEXT NOT NULL,
    saved_at     TEXT NOT NULL,
    body         TEXT NOT NULL -- behold.TextLabel as JSON
);
CREATE INDEX text_label_text ON text_label (text_id, version);

-- Words that do not mean a label, as a colleague said.
CREATE TABLE text_cap (
    word     TEXT NOT NULL,
    label    TEXT NOT NULL,
    who      TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (word, label)
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
