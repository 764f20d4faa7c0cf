-- How many lines the customers of part $2 of $1 have at most, and the greatest number among them. Called by readRows.
select count(*), max(customer)
from line
where customer % cast($1 as integer) = cast($2 as integer)
