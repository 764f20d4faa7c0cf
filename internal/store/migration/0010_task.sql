-- +goose Up
-- The lists of the morning after a round.
CREATE TABLE task_list (
    round      TEXT PRIMARY KEY REFERENCES round (day) ON DELETE CASCADE,
    day        TEXT NOT NULL, -- of the lists: a working day
    false_mean DOUBLE PRECISION NOT NULL, -- share of the tasks whose customer is expected to stay anyway
    false_low  DOUBLE PRECISION NOT NULL,
    false_high DOUBLE PRECISION NOT NULL,
    hour_worth BIGINT NOT NULL, -- expected from the last task accepted, an hour, minor units
    currency   TEXT NOT NULL,
    loads      TEXT NOT NULL -- JSON: how full each colleague's day is
);

CREATE TABLE task (
    round         TEXT NOT NULL REFERENCES task_list (round) ON DELETE CASCADE,
    customer      BIGINT NOT NULL,
    customer_id   TEXT NOT NULL,
    customer_key  TEXT NOT NULL, -- behold.CustomerKey of the id
    customer_name TEXT NOT NULL,
    colleague     TEXT NOT NULL, -- e-mail, in lower case; '': nobody is known to work here
    place         BIGINT NOT NULL,
    lamp          TEXT NOT NULL,
    reason        TEXT NOT NULL,
    step          TEXT NOT NULL, -- JSON: action, channel, minutes, cost
    due           TEXT,          -- NULL: nobody works for a year to come
    gain          BIGINT NOT NULL, -- minor units of task_list.currency
    leave         DOUBLE PRECISION NOT NULL,
    leave_low     DOUBLE PRECISION NOT NULL,
    leave_high    DOUBLE PRECISION NOT NULL,
    since         TEXT NOT NULL, -- on the lists without a break since
    lying         BIGINT NOT NULL,
    escalated     BOOLEAN NOT NULL,
    covered       BOOLEAN NOT NULL,
    PRIMARY KEY (round, customer)
);
CREATE INDEX task_of_colleague ON task (round, colleague, place);

-- Who had a lamp and came on no list, and why.
CREATE TABLE passed (
    round    TEXT NOT NULL REFERENCES task_list (round) ON DELETE CASCADE,
    customer BIGINT NOT NULL,
    why      TEXT NOT NULL,
    facts    TEXT NOT NULL, -- JSON
    PRIMARY KEY (round, customer)
);
