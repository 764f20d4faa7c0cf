// Package paper writes the managers' reports: pages to read from top to bottom,
// to print and to send on, each with its pictures, and nothing in them that is
// fetched from elsewhere.
//
// It is a face, beside the pages: before it come round, which finds the figures,
// phrase, which says them, and chart, which draws them; after it come files and
// the terminal. It decides nothing.
//
// A report is built once, in the reader's language, as a Document; HTML writes it
// as one page and Text for a terminal.
package paper
