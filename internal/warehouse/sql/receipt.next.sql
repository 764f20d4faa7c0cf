-- The next import number, how many imports wait to be read again, and whether import $1 does. Called by Begin.
select coalesce(max(import_id), 0) + 1,
       count(*) filter (where pending),
       coalesce(bool_or(pending and import_id = $1), false)
from receipt
