-- Takes out the lines of the undone imports. Called by Undo.
delete from line where import_id in (select import_id from undone)
