-- How many customers bought of each category or product ($3) from day $1 to day $2, and of each two of them; have = also counts the one. Called by Companion.
with bought as (
    select distinct l.customer, case when $3 = 'category' then l.category else l.product end as kind
    from line l
    where l.goods
      and not l.is_return
      and cast(l.ordered_at as date) between cast($1 as date) and cast($2 as date)
      and (l.recorded_at is null or cast(l.recorded_at as date) <= cast($2 as date))
      and (l.superseded_by is null or l.superseded_on > cast($2 as date))
),
often as (
    select kind
    from bought
    where kind >= 0
    group by kind
    order by count(*) desc, kind
    limit 400
),
few as (select b.customer, b.kind from bought b join often o on o.kind = b.kind)
select a.kind, b.kind, count(*)
from few a
join few b on b.customer = a.customer
group by a.kind, b.kind
having count(*) >= 10
order by a.kind, b.kind
