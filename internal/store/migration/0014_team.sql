-- +goose Up
-- The ledger of customers that were kept. Lines are added, never changed.
CREATE TABLE reward (
    id           BIGINT PRIMARY KEY,
    key          TEXT NOT NULL UNIQUE, -- what it is for
    day          TEXT NOT NULL,
    customer_key TEXT NOT NULL,        -- behold.CustomerKey of the id
    colleague    TEXT NOT NULL,        -- '': teams alone are rewarded
    body         TEXT NOT NULL         -- behold.Reward as JSON
);
CREATE INDEX reward_customer ON reward (customer_key, day);

-- How it is to work here, counted week by week: no row is one colleague's.
CREATE TABLE pulse (
    week TEXT PRIMARY KEY,
    body TEXT NOT NULL -- behold.PulseWeek as JSON; comments sorted by their letters
);

-- Who is not asked again this week. Earlier weeks are cleared.
CREATE TABLE pulse_mark (
    week      TEXT NOT NULL,
    colleague TEXT NOT NULL,
    PRIMARY KEY (week, colleague)
);

-- What was agreed and what came of it. A row is one version; the latest of an id holds.
CREATE TABLE decision (
    version BIGINT PRIMARY KEY,
    id      TEXT NOT NULL,
    undone  BOOLEAN NOT NULL,
    body    TEXT NOT NULL -- behold.Decision as JSON
);
CREATE INDEX decision_id ON decision (id, version);
