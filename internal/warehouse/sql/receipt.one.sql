-- The receipt of import $1. Called by Import.
select import_id, body, undone_at
from receipt
where import_id = $1
