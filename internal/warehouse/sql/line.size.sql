-- How many lines the customers of part $2 of $1 have at most, the greatest number among them, and the last row of theirs. Called by readRows.
-- rowid is DuckDB's own.
select count(*), max(customer), max(rowid)
from line
where customer % cast($1 as integer) = cast($2 as integer)
