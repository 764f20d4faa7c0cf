-- How many standings there are of day $1, horizon $2, id $3, state $4, found by $5, of colleague $6 and with $7 of nobody's; '' asks for all. Called by Standings.
select count(*)
from standing s
where s.day = cast($1 as date)
  and s.horizon = $2
  and ($3 = '' or lower(s.id) = $3)
  and ($4 = '' or s.state = $4)
  and ($5 = '' or lower(s.id) like $5 escape '\' or lower(s.name) like $5 escape '\')
  and ($6 = '' or s.colleague = $6 or $7 and coalesce(s.colleague, '') = '')
