-- Whether the source $1 has any line yet. Called by Begin.
select exists (
    select 1
    from line
    where import_id in (select import_id from receipt where source = $1)
)
