-- Whether import $1 was the first to spell or name anything. Called by Undo.
select exists (select 1 from customer where import_id = $1)
    or exists (select 1 from category where import_id = $1)
    or exists (select 1 from product where import_id = $1 or named_by = $1)
