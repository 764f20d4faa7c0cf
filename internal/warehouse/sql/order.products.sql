-- The products of the orders of customer $2 known on the day $1 whose numbers stand in the JSON list $3, the dearest first. Called by Orders.
-- from_json is DuckDB's own.
select l.order_no, coalesce(p.name, p.id) as name
from line l
join product p on p.number = l.product
where l.customer = $2
  and l.order_no in (select unnest(from_json($3, '["varchar"]')))
  and cast(l.ordered_at as date) <= cast($1 as date)
  and (l.recorded_at is null or cast(l.recorded_at as date) <= cast($1 as date))
  and (l.superseded_by is null or l.superseded_on > cast($1 as date))
group by l.order_no, coalesce(p.name, p.id)
order by l.order_no, max(abs(l.amount)) desc, name
