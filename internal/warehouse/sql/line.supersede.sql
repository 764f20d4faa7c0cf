-- Tells the old versions of changed lines that import $1 superseded them. Called by settle.
-- rowid is DuckDB's own name for the place of a row.
update line
set superseded_by = $1, superseded_on = v.recorded_on
from (
    select old, first(recorded_on order by place) as recorded_on
    from verdict
    where verdict = 'changed' and old is not null
    group by old
) v
where line.rowid = v.old
