-- Takes the spelling from the customer words that the undone imports had spelled first; their numbers stay theirs. Called by Undo.
update customer
set id = null, import_id = null
where import_id in (select import_id from undone)
