// Package survey judges what customers answer: how many are very satisfied, and
// how sure that is after so many answers.
//
// A room of the judgement floor: pure. Before it come the answers, one by one
// in the order in which they came; after it pages, reports and the command
// line, which may look after every one of them.
//
// # What is not here yet
//
// Whom to ask today, the questionnaire, the letters and the weights of those who
// did not answer are still to come. What is here takes every answer for as good
// as every other.
package survey
