-- The rejected rows of import $1 in file order. Called by EachReject.
select file_row, coalesce(column_name, ''), coalesce(content, ''), why
from reject
where import_id = $1
order by file_row, column_name
