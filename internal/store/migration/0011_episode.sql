-- +goose Up
-- Which customers the lot put in which arm, and what came of it. A row is written
-- before anybody sees a list; what came is filled in once, after the episode ended.
CREATE TABLE episode (
    customer_key TEXT NOT NULL, -- behold.CustomerKey of the id
    begins       TEXT NOT NULL,
    ends         TEXT NOT NULL,
    round        TEXT NOT NULL, -- day of the round that began it
    customer     BIGINT NOT NULL,
    customer_id  TEXT NOT NULL,
    held         BOOLEAN NOT NULL, -- out, kept off the lists
    share        DOUBLE PRECISION NOT NULL, -- the chance with which the lot held such a customer out
    tier         BIGINT NOT NULL,
    risk         BIGINT NOT NULL,
    leave        DOUBLE PRECISION NOT NULL,
    active       DOUBLE PRECISION NOT NULL,
    residual     DOUBLE PRECISION NOT NULL, -- major units
    reason       TEXT NOT NULL,
    action       TEXT NOT NULL,
    owner        TEXT NOT NULL, -- e-mail, in lower case; '': nobody
    read_on      TEXT,          -- NULL: not yet, like what follows
    kept         BOOLEAN,
    spoken       BOOLEAN,
    complained   BOOLEAN,
    unwanted     BOOLEAN,
    discount     BIGINT,        -- minor units
    margin_on    TEXT,          -- NULL: the margin is not known yet
    margin       BIGINT,        -- minor units
    currency     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (customer_key, begins)
);
CREATE INDEX episode_begins ON episode (begins);

ALTER TABLE lamp ADD COLUMN held BOOLEAN NOT NULL DEFAULT FALSE; -- its customer is held out: shown to nobody who works with customers
