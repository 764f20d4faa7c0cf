-- The visits of everybody as known on the day $1, with amounts in currency $2, by customer and day. Called by HistoriesSQL, which is what Histories is compared with.
with known as (
    select customer, order_no, amount, is_return, goods,
           cast(ordered_at as date) as day,
           cast(greatest(coalesce(recorded_at, ordered_at), ordered_at) as date) as recorded_on,
           case when currency <> $2 then 0 else amount end as own,
           case when currency <> $2 then 0 else coalesce(cost, 0) end as cost
    from line
    where cast(ordered_at as date) <= cast($1 as date)
      and (recorded_at is null or cast(recorded_at as date) <= cast($1 as date))
      and (superseded_by is null or superseded_on > cast($1 as date))
), orders as (
    select customer, day, order_no,
           case when sum(amount) > 0 then 1 else 0 end as purchase,
           max(recorded_on) as recorded_on,
           sum(case when is_return then 0 else own end) as bought,
           sum(case when is_return then own else 0 end) as credited,
           sum(cost) as cost,
           sum(case when goods and not is_return then 1 else 0 end) as goods,
           sum(case when goods and is_return then 1 else 0 end) as returns
    from known
    group by customer, day, order_no
)
select customer, day, max(recorded_on),
       cast(sum(purchase) as integer), cast(sum(goods) as integer), cast(sum(returns) as integer),
       cast(sum(bought) as bigint), cast(sum(credited) as bigint), cast(sum(cost) as bigint)
from orders
group by customer, day
order by customer, day
