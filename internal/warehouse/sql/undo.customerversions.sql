-- Makes the customer rows live again that the undone imports had superseded. Called by Undo.
update customer_row
set superseded_by = null
where superseded_by in (select import_id from undone)
