-- A temporary table for the standings that are being saved. Called by SaveStandings.
create or replace temporary table standing_incoming as
select * from standing limit 0
