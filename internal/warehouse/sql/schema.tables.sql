-- How many tables the file has, and whether one of them is our schema table. Called by Open.
select count(*), count(*) filter (where table_name = 'behold_schema')
from information_schema.tables
where table_schema = 'main'
