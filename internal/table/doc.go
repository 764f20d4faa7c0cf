// Package table reads a table of figures: named columns of numbers and words,
// for whoever tries the statistics by hand.
//
// A door (floor 2). Before it intake opens a file that somebody made with a
// spreadsheet or a script and gives its text; after it cmd/behold asks for
// columns by the names they may have and gives them to stat. It does not know
// what a column means. Unlike intake, which keeps what it can of a firm's books,
// it refuses a table with one wrong cell and names the line: an estimate of half
// a table is no estimate.
package table
