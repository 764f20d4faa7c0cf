-- How many orders of customer $2 were known on the day $1 and contain $3 (a pattern, '' for all). Called by Orders.
with orders as (
    select l.order_no,
           min(l.ordered_at) as first_at,
           sum(l.amount) as amount,
           coalesce(max(l.currency), '') as currency,
           count(*) as lines,
           bool_and(l.is_return) as is_return,
           string_agg(distinct lower(coalesce(p.name, p.id)), ' ') as words
    from line l
    left join product p on p.number = l.product
    where l.customer = $2
      and cast(l.ordered_at as date) <= cast($1 as date)
      and (l.recorded_at is null or cast(l.recorded_at as date) <= cast($1 as date))
      and (l.superseded_by is null or l.superseded_on > cast($1 as date))
    group by l.order_no
)
select count(*)
from orders
where $3 = '' or lower(order_no) like $3 escape '\' or words like $3 escape '\'
