-- The colleagues that files name, with their teams. Called by Teams.
select lower(colleague), max(coalesce(name, '')), max(coalesce(team, '')), max(coalesce(hours_per_week, 0))
from colleagues
where superseded_by is null
group by 1
order by 1
