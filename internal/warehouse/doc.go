// Package warehouse keeps the facts: what happened and is not edited. It is a
// door on the second floor: rows to nouns and back; it decides nothing. Before
// it comes intake (or any other giver of lines and customers), after it
// forecast, which judges the Histories read here, and lamp, which judges the
// Dealings beside them.
//
// The engine is DuckDB inside the process, and this package is the only one
// that knows it (and cgo). What is DuckDB's own, and would have to be said
// differently to another engine, is in dialect.go, the *_arrow.go and *_plain.go
// files and the few sql files whose first lines say so. The build tag
// duckdb_arrow moves rows in whole columns; without it the same functions move
// them one by one.
//
// What is kept:
//
//   - line: one row per version of an order line. Its key is the source of the
//     import, the order and the line. A changed line is a new row; the old one is
//     told which import superseded it.
//   - people, invoices, contracts, contacts, tickets, promises, answers, quotes,
//     losses, efforts, colleagues: one row per version of a row of the table of
//     that name, in the same way. Their columns are those of behold.Table, and
//     the SQL that compares and keeps them is made from these (sql/record.*.tmpl).
//     Efforts have no id, so that the key of one includes nth, its number among
//     the rows of the file with the same month, aim and what.
//   - customer, product, category: dictionaries from words to dense numbers. A
//     number is never given to another word, not even after an undo, because the
//     store and old standings speak of customers by number.
//   - customer_row: one row per version of what files said about a customer.
//   - receipt and reject: what became of each file.
//   - standing: what each round found.
//
// One import is one transaction that holds rows, rejects and receipt: a process
// that is killed leaves all of it or nothing. One writer works at a time;
// readers never wait for it.
package warehouse
