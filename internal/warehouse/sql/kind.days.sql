-- What customer $2 bought as known on the day $1 of every category or product ($3) on every day, in currency $4. Called by KindsOf.
with goods as (
    select case when $3 = 'category' then l.category else l.product end as kind,
           cast(l.ordered_at as date) as day,
           sum(l.amount) as net,
           sum(case when l.is_return then 0 else l.amount end) as bought
    from line l
    where l.customer = $2
      and l.goods
      and (l.currency is null or l.currency = $4)
      and cast(l.ordered_at as date) <= cast($1 as date)
      and (l.recorded_at is null or cast(l.recorded_at as date) <= cast($1 as date))
      and (l.superseded_by is null or l.superseded_on > cast($1 as date))
    group by kind, day
)
select coalesce(k.id, p.name, p.id) as name, g.day, g.net, g.bought
from goods g
left join category k on $3 = 'category' and k.number = g.kind
left join product p on $3 = 'product' and p.number = g.kind
where g.kind >= 0
order by g.kind, g.day
