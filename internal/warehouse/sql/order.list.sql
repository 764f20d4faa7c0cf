-- Orders of customer $2 known on the day $1 that contain $3 (a pattern, '' for all), sorted by $4 (at, amount) in direction $5 (1, -1); $6 of them after $7. Called by Orders.
-- epoch_us is DuckDB's own.
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
select order_no, first_at, amount, currency, lines, is_return
from orders
where $3 = '' or lower(order_no) like $3 escape '\' or words like $3 escape '\'
order by case $4 when 'amount' then amount else epoch_us(first_at) end * $5, order_no
limit $6 offset $7
