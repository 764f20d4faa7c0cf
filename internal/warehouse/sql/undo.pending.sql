-- Marks the undone imports after $1 as waiting to be read again. Called by Undo.
update receipt
set pending = true
where import_id in (select import_id from undone) and import_id <> $1
