-- Every receipt, the latest first. Called by Imports.
select import_id, body, undone_at
from receipt
order by import_id desc
