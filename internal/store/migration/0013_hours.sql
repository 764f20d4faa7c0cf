-- +goose Up
-- When a colleague has time for customers on the list; without a row, as the settings say.
CREATE TABLE hours (
    colleague TEXT PRIMARY KEY, -- e-mail, in lower case; need not be one who signs in
    minutes   TEXT NOT NULL     -- JSON: by weekday, Sunday first
);

-- Holidays, illness, courses. Those of one colleague neither overlap nor touch.
CREATE TABLE absence (
    colleague TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day  TEXT NOT NULL,
    PRIMARY KEY (colleague, first_day)
);

-- Days on which the company is closed, and holidays on which it works.
CREATE TABLE closed_day (
    day   TEXT PRIMARY KEY,
    name  TEXT NOT NULL,
    works BOOLEAN NOT NULL
);

-- Who looks after the customer of a task.
ALTER TABLE task ADD COLUMN owner TEXT NOT NULL DEFAULT '';

-- Links under which a calendar finds a colleague's promises and steps; one each.
CREATE TABLE calendar_feed (
    colleague  TEXT PRIMARY KEY,
    mark       TEXT NOT NULL, -- hash of the link's token
    with_names BOOLEAN NOT NULL,
    made_at    TEXT NOT NULL
);
CREATE UNIQUE INDEX calendar_feed_mark ON calendar_feed (mark);
