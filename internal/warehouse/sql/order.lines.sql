-- The lines of order $3 of customer $2 as known on the day $1. Called by OrderLines.
select l.order_no, l.line_no, l.ordered_at, coalesce(p.id, ''), coalesce(p.name, ''), coalesce(k.id, ''),
       coalesce(l.quantity, 0), coalesce(l.unit_price, 0), l.amount, coalesce(l.currency, ''), l.is_return, l.goods,
       l.import_id, l.file_row, coalesce(r.file_name, '')
from line l
left join product p on p.number = l.product
left join category k on k.number = l.category
left join receipt r on r.import_id = l.import_id
where l.customer = $2
  and l.order_no = $3
  and cast(l.ordered_at as date) <= cast($1 as date)
  and (l.recorded_at is null or cast(l.recorded_at as date) <= cast($1 as date))
  and (l.superseded_by is null or l.superseded_on > cast($1 as date))
order by l.file_row
