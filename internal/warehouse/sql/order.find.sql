-- The dearest and the cheapest order of customers on days: customers stand in $1 and days (since 1970) in $2, with commas between. Called by FindRows.
-- unnest, string_split and arg_max are DuckDB's own.
with asked as (
    select distinct *
    from (
        select unnest(cast(string_split($1, ',') as integer[])) as customer,
               date '1970-01-01' + unnest(cast(string_split($2, ',') as integer[])) as day
    )
), orders as (
    select l.customer, cast(l.ordered_at as date) as day, l.order_no, sum(l.amount) as amount
    from line l
    join asked a on a.customer = l.customer and cast(l.ordered_at as date) = a.day
    group by l.customer, cast(l.ordered_at as date), l.order_no
)
select customer, day,
       first(order_no order by amount desc, order_no),
       first(order_no order by amount, order_no)
from orders
group by customer, day
