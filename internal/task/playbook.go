package task

import "behold"

// Playbooks are what to do for each reason where a company has not said: minutes
// and days are judgement, starting values for the company to change. A reason
// that leaves nothing to be done (closed, moved) has no steps.
func Playbooks() []behold.Playbook {
	call := func(action behold.Action, minutes float64) behold.Step {
		return behold.Step{Action: action, Channel: "call", Minutes: minutes, Within: 1}
	}
	visit := behold.Step{Action: behold.ActVisit, Channel: "visit", Minutes: 60, After: 3, Within: 5}
	mail := func(action behold.Action, minutes float64) behold.Step {
		return behold.Step{Action: action, Channel: "mail", Minutes: minutes, After: 2, Within: 2}
	}
	thanks := behold.Step{Action: behold.ActThanks, Channel: "mail", Minutes: 5, After: 10, Within: 5}
	repair := []behold.Step{call(behold.ActApology, 15), mail(behold.ActApology, 10), visit, thanks}
	price := []behold.Step{call(behold.ActPriceReview, 20), mail(behold.ActPriceReview, 15), visit}
	attend := []behold.Step{call(behold.ActCall, 15), mail(behold.ActCall, 10), visit, thanks}
	replace := []behold.Step{call(behold.ActReplacement, 20), mail(behold.ActReplacement, 10), visit}
	offer := []behold.Step{call(behold.ActUpsell, 15), mail(behold.ActUpsell, 10)}
	steps := map[behold.Reason][]behold.Step{
		behold.PoorService: repair, behold.Quality: repair, behold.SlowResponse: repair, behold.HardToDealWith: repair,
		behold.BrokenPromise: {call(behold.ActKeepPromise, 15), mail(behold.ActApology, 10), visit, thanks},
		behold.TreatedWorse:  price, behold.IntroOffer: price, behold.Competitor: price,
		behold.Forgotten: replace, behold.NeedsChanged: replace, behold.SomethingNew: offer,
		behold.ClosedDown: nil, behold.Moved: nil,
	}
	var books []behold.Playbook
	for _, reason := range behold.Reasons() {
		list, known := steps[reason]
		if !known {
			list = attend
		}
		books = append(books, behold.Playbook{Reason: reason, Steps: list})
	}
	return books
}

// With are the playbooks of a company: its own, and ours for every other reason.
func With(own []behold.Playbook) []behold.Playbook {
	books := Playbooks()
	for i := range books {
		for _, b := range own {
			if b.Reason == books[i].Reason {
				books[i] = b
			}
		}
	}
	return books
}

// books finds the steps for a reason; those for the unknown reason stand in.
type books map[behold.Reason][]behold.Step

func shelve(list []behold.Playbook) books {
	b := books{}
	for _, book := range list {
		b[book.Reason] = book.Steps
	}
	return b
}

func (b books) of(reason behold.Reason) []behold.Step {
	if steps, known := b[reason]; known {
		return steps
	}
	return b[behold.UnknownReason]
}
