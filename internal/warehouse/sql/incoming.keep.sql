-- Appends the incoming lines that are new or changed. Called by settle.
insert into line
select i.*
from incoming i
join verdict v on v.place = i.rowid
where v.verdict <> 'known'
order by v.place
