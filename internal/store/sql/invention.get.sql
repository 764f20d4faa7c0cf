-- How the invented shop stands, as JSON; no row when there is none. Called by Invention.
SELECT body FROM setting WHERE name = 'invented'
