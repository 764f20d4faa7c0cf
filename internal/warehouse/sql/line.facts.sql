-- What lines up to the day $1 have: costs, late records, categories, products, and how many there are. Called by facts.
select count(cost),
       count(*) filter (where cast(recorded_at as date) > cast(ordered_at as date)),
       coalesce(bool_or(category >= 0), false),
       coalesce(bool_or(product >= 0), false),
       count(*)
from line
where cast(ordered_at as date) <= cast($1 as date)
