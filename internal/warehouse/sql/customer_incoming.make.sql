-- A temporary table for what a file says about customers. Called by Begin.
create or replace temporary table customer_incoming as
select 0::bigint as file_order, * from customer_row limit 0
