-- Notes on the receipt of import $1 that it was undone at $2. Called by Undo.
update receipt
set undone_at = $2
where import_id = $1
