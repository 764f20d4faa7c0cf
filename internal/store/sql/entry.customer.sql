-- Entries about customer $4 as they are now: of kind $1 and by $2 ('' for any), open or due or done since $3 (NULL for all), in the order of writing. Called by Entries.
SELECT e.version, e.body, e.undoes
FROM entry e
WHERE e.customer_key = $4
  AND NOT e.undone
  AND ($1 = '' OR e.kind = $1)
  AND ($2 = '' OR e.who = $2)
  AND ($3 IS NULL OR (e.due IS NOT NULL AND e.done IS NULL) OR e.due >= $3 OR e.done >= $3)
  AND NOT EXISTS (SELECT 1 FROM entry later WHERE later.id = e.id AND later.version > e.version)
ORDER BY e.version
