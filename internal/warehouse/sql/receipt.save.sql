-- Keeps the receipt of an import. Called by saveReceipt.
insert into receipt (import_id, source, kind, file_name, sha256, started, undone_at, leans, pending, body)
values ($1, $2, $3, $4, $5, $6, null, $7, false, $8)
