-- All corrections, those taken back too, the earliest first. Called by Corrections.
SELECT id, customer_id, of_table, row_id, who, saved_at, COALESCE(gone_at, ''), COALESCE(gone_by, ''), body FROM correction ORDER BY saved_at, id
