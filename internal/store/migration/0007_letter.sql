-- +goose Up
-- Letters to colleagues, on their way or gone: one per colleague, kind and day.
-- What they say is taken away once they were sent, because it names customers.
CREATE TABLE letter (
    id        BIGINT PRIMARY KEY,
    kind      TEXT NOT NULL,
    colleague TEXT NOT NULL, -- e-mail, in lower case
    day       TEXT NOT NULL,
    round     TEXT NOT NULL, -- as of which it speaks
    language  TEXT NOT NULL,
    subject   TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    state     TEXT NOT NULL, -- waiting, sending, sent, failed, nothing
    tries     BIGINT NOT NULL,
    next_at   TEXT NOT NULL, -- not tried before; of sending: taken for lost from then on
    why       TEXT NOT NULL, -- code of the last error
    answer    TEXT NOT NULL, -- of the mail server, to the last try
    made_at   TEXT NOT NULL,
    sent_at   TEXT,          -- NULL: not sent
    UNIQUE (colleague, kind, day)
);
CREATE INDEX letter_due ON letter (next_at) WHERE state IN ('waiting', 'sending');

-- What a colleague wants of a kind of letter; without a row, what the role suggests.
CREATE TABLE letter_choice (
    colleague TEXT NOT NULL,
    kind      TEXT NOT NULL,
    wanted    BOOLEAN NOT NULL,
    whole     BOOLEAN NOT NULL, -- the whole company's customers, not only one's own
    who       TEXT NOT NULL,    -- decided it; '': whoever held the letter
    at        TEXT NOT NULL,
    PRIMARY KEY (colleague, kind)
);

-- Random bytes that this installation signs with.
CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL -- hexadecimal
);
