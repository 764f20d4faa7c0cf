-- The import $1 is what is taken out. Called by BeginBook.
create or replace temporary table undone as
select cast($1 as bigint) as import_id
