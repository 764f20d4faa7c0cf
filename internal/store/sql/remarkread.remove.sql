-- Takes away what the last round read, before the next one keeps its own. Called by SaveRound.
DELETE FROM remark_read
