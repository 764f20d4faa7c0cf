-- +goose Up
-- How files with a header are to be read, as somebody said last.
CREATE TABLE reading (
    shape    TEXT PRIMARY KEY, -- of the header: behold.Receipt.Shape
    body     TEXT NOT NULL, -- JSON
    saved_at TEXT NOT NULL
);
