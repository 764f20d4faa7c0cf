-- How much was ever written: the number of the last version, 0 when there is none. Called by BookSize.
SELECT COALESCE(MAX(version), 0)
FROM entry
