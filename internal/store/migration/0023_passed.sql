-- +goose Up
-- Today asks who came later among all who were passed over.
CREATE INDEX passed_why ON passed (round, why);
