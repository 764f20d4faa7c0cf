-- The receipts of the imports that an undo took out and that must be read again, in order. Called by Pending.
select import_id, body, undone_at
from receipt
where pending
order by import_id
