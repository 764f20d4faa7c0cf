// Package letter writes the letters that come by e-mail: the morning list, with
// the customers who need a colleague today, and the weekly letter for those who
// lead.
//
// It is a face, beside the pages: before it come round, which finds the figures,
// and phrase, which says them as the pages do; after it comes mail, which sends.
// It decides nothing and opens nothing.
//
// A letter is built once, in the reader's language, as a Body; HTML writes it for
// mail programs, with every style beside what it is for and nothing fetched from
// elsewhere, and Text for those who read in plain letters.
package letter
