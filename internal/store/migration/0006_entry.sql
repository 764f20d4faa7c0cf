-- +goose Up
-- What colleagues wrote down about customers. A row is one version of an entry;
-- the latest of an id holds, none is overwritten or removed.
CREATE TABLE entry (
    version      BIGINT PRIMARY KEY, -- of all entries, the later the higher
    id           TEXT NOT NULL,      -- made by the form that wrote it
    customer_id  TEXT NOT NULL,
    customer_key TEXT NOT NULL,      -- behold.CustomerKey of the id
    kind         TEXT NOT NULL,
    due          TEXT,               -- NULL: nothing is left to do
    done         TEXT,               -- or given up; NULL: not (yet)
    who          TEXT NOT NULL,      -- who wrote the first version
    undone       BOOLEAN NOT NULL,   -- taken back
    undoes       BIGINT,             -- the version that this one takes back; NULL: none
    body         TEXT NOT NULL       -- behold.Entry as JSON
);
CREATE INDEX entry_id ON entry (id, version);
CREATE INDEX entry_customer ON entry (customer_key, version);
CREATE INDEX entry_kind ON entry (kind, version);
