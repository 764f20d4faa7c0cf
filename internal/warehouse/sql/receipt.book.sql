-- The receipt of source $1, of which there is one at most. Called by Book.
select import_id, body, undone_at
from receipt
where source = $1
