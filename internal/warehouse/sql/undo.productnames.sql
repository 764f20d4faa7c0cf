-- Takes the names from the products that the undone imports had named. Called by Undo.
update product
set name = null, named_by = null
where named_by in (select import_id from undone)
