-- Tells the old versions of changed customers that import $1 superseded them. Called by settleCustomers.
-- rowid is DuckDB's own name for the place of a row.
update customer_row
set superseded_by = $1
from customer_verdict v
where customer_row.rowid = v.old and v.verdict = 'changed'
