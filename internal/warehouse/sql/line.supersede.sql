-- Tells the old versions of changed lines that import $1 superseded them. Called by settle.
-- rowid is DuckDB's own name for the place of a row.
update line
set superseded_by = $1, superseded_on = v.recorded_on
from verdict v
where v.verdict = 'changed' and line.rowid = v.old
