// Package intake turns the files a company already has into nouns of the
// house: order lines, customers and the records of every other table of the
// import contract, and rejects that say line, column and why.
//
// It is a door (floor 2): it opens files and decides nothing about customers.
// Before it comes whoever has a file (the command line, the import page);
// after it comes a Sink, which is the warehouse or a test.
//
// A file is read in three steps. Its form is settled on the head: gzip, XLSX,
// JSON lines, encoding, separator, header. Which table it is follows from the
// header too (guess.go): the one that knows most of it, if a word is in it that
// only this table has. Each column gets its meaning by name, and date
// order and decimal mark from its values; a column that is still undecided
// after the head is read to the end first. Then the file is cut into chunks at
// row ends, the chunks are parsed on all cores, and the results are handed to
// the Sink in the order of the file. Nothing is kept but one small entry for
// each line, with which repeated lines are told apart.
//
// A bad row never stops a file, and a broken file never leaves half its rows:
// Read then returns an error and whoever owns the Sink rolls it back.
//
// # The identity of a line
//
// A file with a line column says itself which line is which. The others get a
// line made of the product: the n-th row of an order with the product P is
// "P" for n = 1 and "P#n" after that, where P is the product's name when it has
// no code; "#n" where there is neither. Two files that overlap therefore agree
// on the lines of an order whatever the order of their rows. No order and line
// is sent twice.
//
// # The identity of a record
//
// A row of another table is told by the columns that behold.Column calls a key.
// As with numbered lines the first of a file is kept, one that comes again with
// the same content is counted as known, and one with other content is rejected;
// no key is sent twice. Of efforts, which have no id, every row is sent: the Sink
// counts those of one key (behold.Table.Repeats). Rows that differ from those of earlier files are the
// Sink's to judge.
//
// A record with a day or a number that cannot be read is rejected whole, even
// where the column may be empty: a promise without its kept_at would be told as
// broken. A word that is none of a list stays, in lower case.
//
// # Lines of JSON
//
// Each line is an object and each name of any line a column, in the order in
// which they come first. Line numbers begin at 1, because no line is a header.
// An object or a list inside becomes an attribute as it is.
//
// # Purchases, returns, and neither
//
// A line with a negative quantity or amount, or of a document that calls
// itself a credit note, is a Return and its amount is never positive. A line
// that books a bad debt is neither bought nor given back: it is kept with
// amount 0, Goods false, Return false, and what was written stands in its
// attributes as "amount". Freight, fees, discounts, vouchers and corrections
// have Goods false.
package intake
