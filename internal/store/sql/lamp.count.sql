-- How many lamps were lit after the round of day $1, of kind $2, reason $3, family $4, customer $5, found by $6, in state $7 ('awake': neither snoozed nor a false alarm, nor one of many lit at once); '' asks for all. Called by LitLamps.
SELECT COUNT(*)
FROM lamp
WHERE day = $1
  AND out_on IS NULL
  AND ($2 = '' OR kind = $2)
  AND ($3 = '' OR reason = $3)
  AND ($4 = '' OR family = $4)
  AND ($5 = '' OR customer_key = $5)
  AND ($6 = '' OR searched LIKE $6 ESCAPE '\')
  AND ($7 = '' OR state = $7 OR $7 = 'awake' AND NOT common AND state NOT IN ('snoozed', 'false_alarm'))
