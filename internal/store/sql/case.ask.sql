-- Kept customers who are to be asked again by day $1, those waiting longest first. Called by CasesToAskAgain.
SELECT c.version, c.undoes, c.body
FROM customer_case c
WHERE NOT c.undone
  AND c.state = 'recovered'
  AND c.ask_again <= $1
  AND NOT EXISTS (SELECT 1 FROM customer_case later WHERE later.id = c.id AND later.version > c.version)
ORDER BY c.ask_again, c.version
