-- A temporary table for lines that must be compared with those that are there. Called by Begin.
create or replace temporary table incoming as
select * from line limit 0
