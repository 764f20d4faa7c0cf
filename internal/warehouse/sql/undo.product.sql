-- Takes the spelling from the product words that the undone imports had spelled first; their numbers stay theirs. Called by Undo.
update product
set id = null, import_id = null
where import_id in (select import_id from undone)
