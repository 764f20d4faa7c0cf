-- The addresses at which letters do not arrive, the first told first. Called by Bounces.
SELECT address, customer_id, person, invite, said, at
FROM survey_bounce
ORDER BY at, address
