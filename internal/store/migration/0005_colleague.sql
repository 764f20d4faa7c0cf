-- +goose Up
-- Who works here, and may come in.
CREATE TABLE colleague (
    email    TEXT PRIMARY KEY, -- in lower case
    name     TEXT NOT NULL,
    team     TEXT NOT NULL,
    role     TEXT NOT NULL,
    language TEXT NOT NULL,
    hours    DOUBLE PRECISION NOT NULL, -- a week
    has_left BOOLEAN NOT NULL,
    password TEXT NOT NULL -- argon2id; '': none was chosen yet
);

-- Who is signed in. The token itself is known to the browser alone.
CREATE TABLE session (
    mark    TEXT PRIMARY KEY, -- hash of the token
    email   TEXT NOT NULL REFERENCES colleague (email) ON DELETE CASCADE,
    body    TEXT NOT NULL,
    expires TEXT NOT NULL
);
CREATE INDEX session_colleague ON session (email);

-- Links by which a colleague chooses a password, once. The newest of each holds.
CREATE TABLE invitation (
    email   TEXT PRIMARY KEY REFERENCES colleague (email) ON DELETE CASCADE,
    mark    TEXT NOT NULL, -- hash of the token
    expires TEXT NOT NULL
);
CREATE UNIQUE INDEX invitation_mark ON invitation (mark);

-- Who changed what about Behold itself; none is overwritten.
CREATE TABLE change (
    id          BIGINT PRIMARY KEY,
    at          TEXT NOT NULL,
    who         TEXT NOT NULL, -- '': at the command line
    what        TEXT NOT NULL,
    about       TEXT NOT NULL,
    said_before TEXT NOT NULL, -- JSON of what differs
    said_after  TEXT NOT NULL
);
