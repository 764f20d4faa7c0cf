-- +goose Up
-- What else attention must not make worse.
ALTER TABLE episode ADD COLUMN objected BOOLEAN;         -- wants not to be asked anything; NULL: not read yet
ALTER TABLE episode ADD COLUMN minutes DOUBLE PRECISION; -- that colleagues spent, by behold.ContactMinutes
