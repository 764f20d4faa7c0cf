-- Every receipt of a file, that is of any source but $1, the latest first. Called by Imports.
select import_id, body, undone_at
from receipt
where source <> $1
order by import_id desc
