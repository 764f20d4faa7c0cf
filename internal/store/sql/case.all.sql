-- Cases as they are now: in state $1 ('' for any), open when $2, closed when $3, of owner $4 ('' for any) or of nobody when $5, due before $6 (NULL for any), closed since $7 (NULL for any), of customers with $8 in name or id. Called by Cases and holdAgain.
SELECT c.version, c.undoes, c.body
FROM customer_case c
WHERE NOT c.undone
  AND ($1 = '' OR c.state = $1)
  AND (NOT $2 OR c.closed_on IS NULL)
  AND (NOT $3 OR c.closed_on IS NOT NULL)
  AND ($4 = '' OR c.owner = $4)
  AND (NOT $5 OR c.owner = '')
  AND ($6 IS NULL OR c.due < $6)
  AND ($7 IS NULL OR c.closed_on >= $7)
  AND ($8 = '' OR c.searched LIKE $8 ESCAPE '\')
  AND NOT EXISTS (SELECT 1 FROM customer_case later WHERE later.id = c.id AND later.version > c.version)
ORDER BY c.closed_on IS NOT NULL, c.closed_on DESC, c.due, c.version
