-- Marks import $1 as waiting to be read again. Called by BeginBook.
update receipt
set pending = true
where import_id = $1
