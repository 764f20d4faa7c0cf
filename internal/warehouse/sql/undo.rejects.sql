-- Takes out the rejected rows of the undone imports that will be read again; those of $1 stay with its receipt. Called by Undo.
delete from reject
where import_id in (select import_id from undone) and import_id <> $1
