-- +goose Up
-- What colleagues say a text says, or a word does not mean.
CREATE TABLE correction (
    id           TEXT PRIMARY KEY, -- made by the form that wrote it
    customer_key TEXT NOT NULL, -- behold.CustomerKey of the id; '' of a word
    customer_id  TEXT NOT NULL,
    of_table     TEXT NOT NULL,
    row_id       TEXT NOT NULL,
    who          TEXT NOT NULL,
    saved_at     TEXT NOT NULL,
    gone_at      TEXT, -- taken back; NULL: it holds
    gone_by      TEXT,
    body         TEXT NOT NULL -- behold.Correction as JSON
);

CREATE INDEX correction_saved ON correction (saved_at);

-- What the last round read in the texts of the last months.
CREATE TABLE remark_read (
    customer_key TEXT NOT NULL,
    of_table     TEXT NOT NULL,
    row_id       TEXT NOT NULL,
    model        TEXT NOT NULL,
    language     TEXT NOT NULL,
    reason       TEXT NOT NULL, -- unknown: unsure
    complaint    BOOLEAN NOT NULL,
    praise       BOOLEAN NOT NULL,
    body         TEXT NOT NULL, -- behold.RemarkReading as JSON
    PRIMARY KEY (customer_key, of_table, row_id)
);

-- The texts of a week that colleagues are asked to read.
CREATE TABLE remark_ask (
    week         TEXT NOT NULL, -- its Monday
    place        INTEGER NOT NULL,
    customer_key TEXT NOT NULL,
    why          TEXT NOT NULL,
    hidden       BOOLEAN NOT NULL,
    body         TEXT NOT NULL, -- behold.RemarkRead as JSON, the text masked
    PRIMARY KEY (week, place)
);
