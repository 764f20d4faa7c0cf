-- Copies the lines of import $1 to be compared among themselves, because a key came twice. Called by settle.
insert into incoming
select * from line where import_id = $1
