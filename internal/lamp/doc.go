// Package lamp decides which lamps are lit: warnings about one customer, each
// with a reason and the evidence a colleague can look up.
//
// It is a room of the judgement floor: pure, the day comes with the histories,
// and nothing is drawn by lot. Before it come the warehouse's histories and
// forecast's rhythms; after it come the store, which keeps what is lit, and
// phrase, which says it.
//
// One file a lamp:
//
//	rhythm.go             L01  a known buyer is silent for longer than chance allows
//	attention.go          L02  hears less from us than before, or than others of their value
//	slowresponse.go       L03  waits for an answer longer than others do
//	complaint.go          L04  a complaint is not settled, came back, or is not the first
//	promisebroken.go      L05  what was promised came late or not at all
//	satisfaction.go       L06  answers that they are less satisfied than before
//	silentdissatisfied.go L07  no longer answers, and buys less
//	replacement.go        L08  something that lasts for long is about to be replaced
//	shrinking.go          L09  buys less often, or less at a time, than in the year before
//	categorylost.go       L10  still buys, but no longer one of the kinds of goods
//	returns.go            L11  sends back or is credited more than usual
//	paysmore.go           L12  pays more than new customers for the same
//	introends.go          L13  a price for newcomers ends
//	contractends.go       L14  the time to give notice of a contract
//	personleft.go         L15  the one we know there is gone
//	payment.go            L16  pays later than usual, or disputes invoices
//	tone.go               L17  writes like one who complains, or who leaves
//	effort.go             L18  has to get in touch too often
//	unwanted.go           L19  our messages are too many, or no longer opened
//	quote.go              L20  quotes no longer become orders
//	closed.go             L21  died, closed or moved: nothing else is lit
//	digital.go            L22  gets stuck online
//
// What they stand on: judge.go asks each rule about each customer, company.go
// holds what is known of the company as a whole, rates.go and waits.go what is
// usual there, event.go when an event is rare enough to be news, and dial.go how
// many false lamps are accepted. common.go finds what happened to the company
// rather than to each customer.
//
// What the past says of them: replay.go judges earlier days anew, whose outcome is
// known, for what a p value is worth here, how often each lamp was right and how
// much it moves the chance of leaving; trying.go finds which customers have to be
// judged again for that. grounds.go says why a customer may leave, with trace.go
// for which lamps a reason shows in.
//
// What managers are told of the past is judged here too: losses.go counts why
// customers left, drift.go and feed.go say whether the model still fits them and
// whether everything reached us.
//
// The script language of lamp tests is in script.go; what can be given stands in
// scriptgiven.go, scriptservice.go, scripttrade.go and scripttone.go, and
// scriptshop.go and scriptdealt.go are the invented company around it.
//
// A lamp that is lit does not go out on the value that lit it: every rule has
// its own way out (hysteresis), and step.go carries lamps from one day to the next.
package lamp
