-- The lines of part $4 of $3 that were known on the day $1, in no order, with amounts in currency $2, of the rows $5 up to before $6. Called by Histories and DayCounts.
-- flags: 1 return, 2 goods, 4 another currency. hash(), >> and rowid are DuckDB's own.
select customer,
       cast(ordered_at as date),
       cast(greatest(coalesce(recorded_at, ordered_at), ordered_at) as date),
       category,
       product,
       case when is_return then 1 else 0 end
           + case when goods then 2 else 0 end
           + case when currency <> $2 then 4 else 0 end,
       cast(hash(order_no) >> 1 as bigint),
       amount,
       coalesce(cost, 0)
from line
where cast(ordered_at as date) <= cast($1 as date)
  and (recorded_at is null or cast(recorded_at as date) <= cast($1 as date))
  and (superseded_by is null or superseded_on > cast($1 as date))
  and customer % cast($3 as integer) = cast($4 as integer)
  and rowid >= $5 and rowid < $6
