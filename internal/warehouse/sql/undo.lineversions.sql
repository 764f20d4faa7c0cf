-- Makes the lines live again that the undone imports had superseded. Called by Undo.
update line
set superseded_by = null, superseded_on = null
where superseded_by in (select import_id from undone)
