-- Appends the incoming lines that are new or changed. Called by settle.
-- "* replace" is DuckDB's way to list all columns but two.
insert into line
select i.* replace (
    case when v.lives then null else i.import_id end as superseded_by,
    v.superseded_on as superseded_on
)
from incoming i
join verdict v on v.place = i.rowid
where v.verdict <> 'known'
order by v.place
