-- +goose Up
ALTER TABLE lamp ADD COLUMN colleague TEXT NOT NULL DEFAULT ''; -- who looks after the customer, in lower case
CREATE INDEX lamp_of_colleague ON lamp (day, colleague, money_at_risk DESC, customer, kind, reason, state, common) WHERE out_on IS NULL;

-- What a round's summary counts, of the customers of one colleague.
CREATE TABLE lamp_sum (
    day       TEXT NOT NULL REFERENCES round (day) ON DELETE CASCADE,
    colleague TEXT NOT NULL, -- '': customers whom nobody looks after
    summary   TEXT NOT NULL, -- JSON
    PRIMARY KEY (day, colleague)
);
