-- The summary of the lamps of colleague $2's customers after the round of day $1. Called by LampSummaryOf, LitLamps and SaveAct.
SELECT summary FROM lamp_sum WHERE day = $1 AND colleague = $2
