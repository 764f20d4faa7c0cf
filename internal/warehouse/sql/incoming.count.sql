-- How many incoming lines are new, known and changed. Called by settle.
select count(*) filter (where verdict = 'new'),
       count(*) filter (where verdict = 'known'),
       count(*) filter (where verdict = 'changed')
from verdict
