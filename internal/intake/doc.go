// Package intake turns the files a company already has into nouns of the
// house: order lines and customers, and rejects that say line, column and why.
//
// It is a door (floor 2): it opens files and decides nothing about customers.
// Before it comes whoever has a file (the command line, the import page);
// after it comes a Sink, which is the warehouse or a test.
//
// A file is read in three steps. Its form is settled on the head: gzip, XLSX,
// encoding, separator, header. Each column gets its meaning by name, and date
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
// # Purchases, returns, and neither
//
// A line with a negative quantity or amount, or of a document that calls
// itself a credit note, is a Return and its amount is never positive. A line
// that books a bad debt is neither bought nor given back: it is kept with
// amount 0, Goods false, Return false, and what was written stands in its
// attributes as "amount". Freight, fees, discounts, vouchers and corrections
// have Goods false.
package intake
