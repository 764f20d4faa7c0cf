-- All decisions as they are now, those taken back left out, in the order of the last change. Called by Decisions.
SELECT d.version, d.body
FROM decision d
WHERE NOT d.undone
  AND NOT EXISTS (SELECT 1 FROM decision later WHERE later.id = d.id AND later.version > d.version)
ORDER BY d.version
