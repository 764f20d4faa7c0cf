-- The day and horizon of the standings saved last for the last day up to $1; a horizon $2 other than 0 must be theirs. Called by Standings.
select day, horizon
from standing_of
where day <= cast($1 as date) and ($2 = 0 or horizon = $2)
order by day desc, saved_at desc
limit 1
