-- The days on which customers bought more goods than they returned of every category or product ($3), as known on the day $1, in currency $2. Called by HistoriesSQL.
with days as (
    select customer,
           case when $3 = 'category' then category else product end as kind,
           cast(ordered_at as date) as day,
           sum(case when currency <> $2 then 0 else amount end) as net,
           sum(case when currency <> $2 or is_return then 0 else amount end) as bought
    from line
    where goods
      and cast(ordered_at as date) <= cast($1 as date)
      and (recorded_at is null or cast(recorded_at as date) <= cast($1 as date))
      and (superseded_by is null or superseded_on > cast($1 as date))
    group by customer, kind, day
)
select customer, kind, day, cast(bought as bigint)
from days
where kind >= 0 and net > 0
order by customer, kind, day
