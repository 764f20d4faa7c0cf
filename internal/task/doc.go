// Package task turns lit lamps into a short, fair list for every colleague each
// morning, and keeps some customers off it by lot, so that it can be shown
// whether attention keeps customers.
//
//	Plan                    whom today, by whom, in which order (METHODS 3.3, 7.5)
//	Lot                     whom Plan keeps off the lists, before anybody sees one (METHODS 8.1)
//	List.Why                why is this customer not on it?
//	Playbooks               what to do for each reason, where a company has not said
//	Learn                   what attention does, by reason and action, from episodes that ended
//	Measure                 did it work? the effect by assignment, at any look (METHODS 8.3)
//	PowerLine               before it begins: what will the hold-out be able to show?
//	CreditOf                who kept more customers than theirs let expect (METHODS 8.6)
//
// It is judgement: it opens nothing, reads no clock and throws no dice; the day
// and the secret of the lot are arguments. Before it come forecast and lamp, with
// a chance, a value and a reason for each customer; after it round keeps the list
// and the episodes in one transaction, and pages show the list.
//
// What a customer is worth and how likely they leave decide who is listed; who
// works here decides only how many, and by whom. No colleague is judged here but
// by CreditOf, which is plain arithmetic on what was assigned.
package task
