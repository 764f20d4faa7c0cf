-- +goose Up
ALTER TABLE lamp ADD COLUMN p_star DOUBLE PRECISION NOT NULL DEFAULT 1; -- p held against the company's own past
UPDATE lamp SET p_star = p;
ALTER TABLE lamp ADD COLUMN snoozed_until TEXT; -- NULL: not snoozed
ALTER TABLE round ADD COLUMN records TEXT NOT NULL DEFAULT 'null'; -- JSON: how each lamp did on the past

-- What colleagues decided about lit lamps; the latest holds, none is overwritten.
CREATE TABLE act (
    id            BIGINT PRIMARY KEY,
    customer_id   TEXT NOT NULL,
    customer_key  TEXT NOT NULL, -- behold.CustomerKey of the id
    kind          TEXT NOT NULL,
    state         TEXT NOT NULL,
    snoozed_until TEXT, -- NULL: not snoozed
    why           TEXT NOT NULL,
    who           TEXT NOT NULL,
    at            TEXT NOT NULL,
    round         TEXT NOT NULL -- after which the lamp was lit
);
CREATE INDEX act_customer ON act (customer_key);
CREATE INDEX act_round ON act (round);

-- How colleagues think customers feel; the latest holds, none is overwritten.
CREATE TABLE mood (
    id           BIGINT PRIMARY KEY,
    customer_id  TEXT NOT NULL,
    customer_key TEXT NOT NULL,
    feels        TEXT NOT NULL, -- '': taken back
    note         TEXT NOT NULL,
    who          TEXT NOT NULL,
    at           TEXT NOT NULL
);
CREATE INDEX mood_customer ON mood (customer_key);
