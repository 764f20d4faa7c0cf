-- The settings, as JSON. Called by Settings.
SELECT body FROM setting WHERE name = 'company'
