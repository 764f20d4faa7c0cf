-- +goose Up
-- What a page lists in its own order, and one customer's lamps; the first holds
-- what lists are narrowed by, so that no row is read that is not shown. Other
-- orders are sorted when somebody asks: an index each would slow every round.
CREATE INDEX lamp_by_money ON lamp (day, money_at_risk DESC, customer, kind, reason, state, common) WHERE out_on IS NULL;
CREATE INDEX lamp_of_customer ON lamp (day, customer_key, money_at_risk DESC, customer, kind, reason) WHERE out_on IS NULL;
DROP INDEX lamp_money;
