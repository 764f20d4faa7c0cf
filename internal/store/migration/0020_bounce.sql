-- +goose Up
-- Addresses of customers at which letters do not arrive: the mail server refused
-- them, or a letter came back.
CREATE TABLE survey_bounce (
    address      TEXT PRIMARY KEY, -- in lower case
    customer_key TEXT NOT NULL,    -- behold.CustomerKey of the id
    customer_id  TEXT NOT NULL,
    person       TEXT NOT NULL,
    invite       BIGINT NOT NULL,  -- the letter
    said         TEXT NOT NULL,    -- what the mail server said
    at           TEXT NOT NULL
);
