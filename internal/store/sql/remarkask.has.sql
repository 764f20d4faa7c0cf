-- How many texts of the week $1 colleagues are asked to read. Called by SaveRound.
SELECT COUNT(*) FROM remark_ask WHERE week = $1
