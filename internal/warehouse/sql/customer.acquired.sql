-- How those came who are customers since a day in the year up to $1. Called by Acquisitions.
select coalesce(acquired_by, ''), count(*), count(acquisition_cost), cast(coalesce(sum(acquisition_cost), 0) as bigint), coalesce(max(acquisition_money), '')
from customer_row
where superseded_by is null and since > cast($1 as date) - 365 and since <= cast($1 as date)
group by 1
order by 2 desc, 1
