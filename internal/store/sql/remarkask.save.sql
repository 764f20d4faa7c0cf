-- Asks colleagues in the week $1 to read a text ($2 place, $3 customer, $4 why, $5 hidden, $6 JSON); a week is asked once. Called by SaveRound.
INSERT INTO remark_ask (week, place, customer_key, why, hidden, body) VALUES ($1, $2, $3, $4, $5, $6)
