// Package survey asks a few customers a day and judges what they answer: whom the
// lot falls on and with what chance, what the questionnaire says, how many are
// very satisfied, how sure that is after so many answers, what goes with it, and
// what they then do.
//
// A room of the judgement floor: pure. Before it come what is known of customers
// on a day, and the answers, one by one in the order in which they came; after it
// letters, answer pages, reports and the command line.
//
//	Draw       whom to ask on a day, and why not the others
//	Given      the words of the questionnaire, in seven languages
//	Form       which questions an invitation asks
//	Accept     answers, from what was sent
//	Replay     anybody's answers, looked at after each of them
//	Hearing    takes the customers in, one by one
//	Tell       what they said: windows, touchpoints, segments, items, drivers,
//	           attitude against behaviour, and from answer to purchase
//
// Every share has an interval that stays true however often somebody looks
// (METHODS 6.4). It knows the chance of who was asked; those who never answer it
// does not know, which the line of sensitivity says.
package survey
