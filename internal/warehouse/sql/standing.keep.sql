-- Keeps the new standings, with ids, names and colleagues. Called by SaveStandings.
-- "* replace" is DuckDB's way to list all columns but three.
insert into standing
select s.* replace (coalesce(c.id, c.word, '') as id, coalesce(r.name, '') as name, lower(trim(r.colleague)) as colleague)
from standing_incoming s
left join customer c on c.number = s.customer
left join customer_row r on r.customer = s.customer and r.superseded_by is null
