-- Ids, names, colleagues and segments of the customers whose numbers stand in $1 with commas between. Called by Names.
-- unnest and string_split are DuckDB's own.
select c.number, coalesce(c.id, c.word), coalesce(r.name, ''), coalesce(lower(trim(r.colleague)), ''), coalesce(r.segment, '')
from customer c
left join customer_row r on r.customer = c.number and r.superseded_by is null
where c.number in (select unnest(cast(string_split($1, ',') as integer[])))
