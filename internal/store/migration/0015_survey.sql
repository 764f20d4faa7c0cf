-- +goose Up
-- A day on which lots were cast for whom to ask.
CREATE TABLE survey_day (
    day     TEXT PRIMARY KEY,
    seed    TEXT NOT NULL, -- decimal
    as_of   TEXT NOT NULL, -- the round whose standings were read
    frame   BIGINT NOT NULL,
    size    BIGINT NOT NULL,
    made_at TEXT NOT NULL
);

CREATE TABLE survey_stratum (
    day        TEXT NOT NULL REFERENCES survey_day (day) ON DELETE CASCADE,
    stream     TEXT NOT NULL,
    touchpoint TEXT NOT NULL,
    stratum    TEXT NOT NULL,
    population BIGINT NOT NULL,
    eligible   BIGINT NOT NULL,
    taken      BIGINT NOT NULL,
    spread     DOUBLE PRECISION NOT NULL,
    target     DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (day, stream, touchpoint, stratum)
);

-- Who was asked, in which stream and with what chance.
CREATE TABLE survey_invite (
    id           BIGINT PRIMARY KEY,
    day          TEXT NOT NULL REFERENCES survey_day (day),
    stream       TEXT NOT NULL,
    touchpoint   TEXT NOT NULL,
    about        TEXT NOT NULL, -- order, ticket or case
    customer     BIGINT NOT NULL,
    customer_id  TEXT NOT NULL,
    customer_key TEXT NOT NULL, -- behold.CustomerKey of the id
    firm         TEXT NOT NULL,
    person       TEXT NOT NULL,
    address      TEXT NOT NULL, -- in lower case
    country      TEXT NOT NULL,
    language     TEXT NOT NULL,
    stratum      TEXT NOT NULL,
    pi           DOUBLE PRECISION NOT NULL,
    form         BIGINT NOT NULL,
    items        TEXT NOT NULL, -- with commas between
    marketing    BOOLEAN NOT NULL,
    state        TEXT NOT NULL, -- waiting, sending, sent, reminding, reminded, failed, stopped
    tries        BIGINT NOT NULL,
    next_at      TEXT NOT NULL, -- of sending and reminding: taken for lost from then on
    why          TEXT NOT NULL,
    said         TEXT NOT NULL,
    made_at      TEXT NOT NULL,
    sent_at      TEXT,
    reminded_at  TEXT,
    until_day    TEXT,
    answered_on  TEXT,
    finished_at  TEXT,
    UNIQUE (day, customer_key)
);
CREATE INDEX survey_invite_due ON survey_invite (next_at) WHERE state IN ('waiting', 'sending', 'sent', 'reminding');
CREATE INDEX survey_invite_customer ON survey_invite (customer_key, day);

-- What is kept of the addresses of answer pages: nobody can make one of it.
CREATE TABLE survey_link (
    mark   TEXT PRIMARY KEY, -- SHA-256 of the token
    invite BIGINT NOT NULL REFERENCES survey_invite (id) ON DELETE CASCADE
);

-- What was answered: one row per invitation and item, whatever is sent how often.
CREATE TABLE survey_reply (
    invite  BIGINT NOT NULL REFERENCES survey_invite (id) ON DELETE CASCADE,
    item    TEXT NOT NULL,
    value   DOUBLE PRECISION, -- NULL: text only
    scale   DOUBLE PRECISION,
    body    TEXT NOT NULL,
    form    BIGINT NOT NULL,
    at      TEXT NOT NULL,
    version BIGINT NOT NULL,  -- of all that was ever replied, the later the higher
    PRIMARY KEY (invite, item)
);

-- Who wants no more surveys.
CREATE TABLE survey_stop (
    customer_key TEXT NOT NULL,
    address      TEXT NOT NULL, -- in lower case
    at           TEXT NOT NULL,
    PRIMARY KEY (customer_key, address)
);

-- The company's own words in the place of ours.
CREATE TABLE survey_text (
    version BIGINT PRIMARY KEY,
    words   TEXT NOT NULL, -- JSON: language, key, text
    who     TEXT NOT NULL,
    at      TEXT NOT NULL
);

-- Links for whoever stands at a touchpoint, and what they answered.
CREATE TABLE survey_place (
    id         BIGINT PRIMARY KEY,
    token      TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    touchpoint TEXT NOT NULL,
    language   TEXT NOT NULL,
    site       TEXT NOT NULL,
    closed     BOOLEAN NOT NULL,
    made_at    TEXT NOT NULL
);

CREATE TABLE survey_voice (
    place BIGINT NOT NULL REFERENCES survey_place (id),
    form  TEXT NOT NULL, -- number of the page that was sent, so that one sent twice is one
    item  TEXT NOT NULL,
    value DOUBLE PRECISION,
    scale DOUBLE PRECISION,
    body  TEXT NOT NULL,
    words BIGINT NOT NULL, -- version of the questionnaire
    at    TEXT NOT NULL,
    PRIMARY KEY (place, form, item)
);
