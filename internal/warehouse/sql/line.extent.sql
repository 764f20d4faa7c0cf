-- How much was known on the day $1: customers, lines, first and last day, and since when nothing was added or changed. Called by Extent.
select count(distinct l.customer), count(*),
       min(cast(l.ordered_at as date)), max(cast(l.ordered_at as date)),
       greatest(
           max(cast(l.ordered_at as date)),
           max(cast(l.recorded_at as date)),
           (select max(superseded_on) from line where superseded_on <= cast($1 as date))
       )
from line l
where cast(l.ordered_at as date) <= cast($1 as date)
  and (l.recorded_at is null or cast(l.recorded_at as date) <= cast($1 as date))
  and (l.superseded_by is null or l.superseded_on > cast($1 as date))
