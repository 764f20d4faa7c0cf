-- Takes the spelling from the category words that the undone imports had spelled first; their numbers stay theirs. Called by Undo.
update category
set id = null, import_id = null
where import_id in (select import_id from undone)
