-- Takes out what the undone imports said about customers. Called by Undo.
delete from customer_row where import_id in (select import_id from undone)
