-- How many pairs of customer and $3 (category or product) were known on the day $1, and how many of them were bought on two days or more; $2 is the main currency. Called by level.
with days as (
    select customer,
           case when $3 = 'category' then category else product end as kind,
           cast(ordered_at as date) as day
    from line
    where goods
      and cast(ordered_at as date) <= cast($1 as date)
      and (recorded_at is null or cast(recorded_at as date) <= cast($1 as date))
      and (superseded_by is null or superseded_on > cast($1 as date))
      and case when $3 = 'category' then category else product end >= 0
    group by customer, kind, day
    having sum(case when currency <> $2 then 0 else amount end) > 0
), pairs as (
    select count(*) as days
    from days
    group by customer, kind
)
select count(*), count(*) filter (where days >= 2)
from pairs
