-- Takes out the lines of import $1. Called by settle.
delete from line where import_id = $1
