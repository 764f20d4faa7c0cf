-- Names of the categories or products ($1) whose numbers stand in $2 with commas between. Called by KindNames and ProductNames.
-- unnest and string_split are DuckDB's own.
with asked as (
    select distinct unnest(cast(string_split($2, ',') as integer[])) as number
)
select a.number, coalesce(k.id, p.name, p.id)
from asked a
left join category k on $1 = 'category' and k.number = a.number
left join product p on $1 = 'product' and p.number = a.number
where coalesce(k.id, p.name, p.id) is not null
