-- Every episode and what came of it, in the order of assignment. Called by Episodes.
SELECT customer, customer_id, begins, ends, held, share, tier, risk, leave, active, residual, reason, action, owner,
       read_on, COALESCE(kept, FALSE), COALESCE(spoken, FALSE), COALESCE(complained, FALSE), COALESCE(unwanted, FALSE), COALESCE(objected, FALSE), COALESCE(minutes, 0), COALESCE(discount, 0),
       margin_on, COALESCE(margin, 0), currency
FROM episode
ORDER BY begins, customer, customer_key
