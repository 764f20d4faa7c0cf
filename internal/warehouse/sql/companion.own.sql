-- What customer $4 ever bought by day $2 of category or product ($3), and whether since day $1. Called by Companion.
select case when $3 = 'category' then l.category else l.product end as kind,
       max(case when cast(l.ordered_at as date) >= cast($1 as date) then 1 else 0 end)
from line l
where l.customer = $4
  and l.goods
  and not l.is_return
  and cast(l.ordered_at as date) <= cast($2 as date)
  and (l.recorded_at is null or cast(l.recorded_at as date) <= cast($2 as date))
  and (l.superseded_by is null or l.superseded_on > cast($2 as date))
group by kind
order by kind
