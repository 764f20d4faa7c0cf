-- The currencies of lines up to the day $1, most frequent first. Called by facts.
select currency, count(*) as lines
from line
where currency is not null
  and cast(ordered_at as date) <= cast($1 as date)
group by currency
order by lines desc, currency
