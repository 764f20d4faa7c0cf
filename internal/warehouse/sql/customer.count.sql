-- How many customers have a name or id that contains $1 (a pattern, '' for all). Called by Customers.
select count(*)
from customer c
left join customer_row r on r.customer = c.number and r.superseded_by is null
where c.id is not null
  and ($1 = '' or c.word like $1 escape '\' or lower(r.name) like $1 escape '\')
