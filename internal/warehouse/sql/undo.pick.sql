-- The imports that an undo of $1 takes out: itself, and later ones that met rows of earlier ones, or all later ones when $2. Called by Undo.
create or replace temporary table undone as
select import_id
from receipt
where import_id = $1
   or (import_id > $1 and undone_at is null and (leans or cast($2 as boolean)))
