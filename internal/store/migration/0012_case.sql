-- +goose Up
-- The work to keep customers. A row is one move of a case; the latest of an id
-- holds, none is overwritten or removed.
CREATE TABLE customer_case (
    version      BIGINT PRIMARY KEY,   -- of all moves, the later the higher
    id           TEXT NOT NULL,        -- key of the opening
    move_key     TEXT NOT NULL UNIQUE, -- of the form or event that made the move: sent twice it is one
    customer_id  TEXT NOT NULL,
    customer_key TEXT NOT NULL,        -- behold.CustomerKey of the id
    searched     TEXT NOT NULL,        -- id and name in lower case
    state        TEXT NOT NULL,
    owner        TEXT NOT NULL,        -- e-mail, in lower case; '': nobody
    due          TEXT,                 -- of the next step; NULL: closed
    closed_on    TEXT,                 -- NULL: open
    ask_again    TEXT,                 -- NULL: not, or asked already
    undone       BOOLEAN NOT NULL,     -- the opening was taken back
    undoes       BIGINT,               -- the version that this one takes back; NULL: none
    body         TEXT NOT NULL         -- behold.Case as JSON
);
CREATE INDEX case_id ON customer_case (id, version);
CREATE INDEX case_customer ON customer_case (customer_key, version);

-- The company's own playbooks and texts; what is not here is as we have it.
CREATE TABLE playbook (
    reason TEXT PRIMARY KEY,
    steps  TEXT NOT NULL, -- JSON
    at     TEXT NOT NULL
);

CREATE TABLE wording (
    action   TEXT NOT NULL,
    language TEXT NOT NULL,
    subject  TEXT NOT NULL,
    body     TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (action, language)
);
