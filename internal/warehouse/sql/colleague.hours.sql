-- Who works here by the file of colleagues, and how many hours a week. Called by Staff.
select lower(trim(colleague)), max(coalesce(name, '')), max(coalesce(team, '')), cast(coalesce(max(hours_per_week), 0) as double)
from colleagues
where superseded_by is null
group by 1
order by 1
