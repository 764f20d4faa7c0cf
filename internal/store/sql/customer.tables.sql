-- The tables with rows about one customer each: those with a customer_key. Called by ForgetInvented.
-- SQLite's own catalogue; PostgreSQL has information_schema.columns.
SELECT m.name
FROM sqlite_master m, pragma_table_info(m.name) c
WHERE m.type = 'table' AND c.name = 'customer_key'
ORDER BY m.name
