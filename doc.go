// Package behold holds the nouns of the house: what a company that wants to
// keep its customers talks about, in the words of docs/words.md.
//
// It is the ground floor. It uses the standard library only, opens nothing,
// reads no clock and no environment. The verbs live upstairs, in packages of
// the same names below internal/: intake makes these nouns out of files,
// warehouse and store keep them, forecast and lamp judge them, phrase says
// them in a language, web and the command line show them.
//
// Nouns that exist a million times (lines, histories, forecasts) come in
// columns: one slice a property, index i of every slice is the same one.
package behold
