-- The texts of the last week that colleagues are asked to read. Called by RemarkAsks.
SELECT week, place, why, hidden, body FROM remark_ask WHERE week = (SELECT MAX(week) FROM remark_ask) ORDER BY place
