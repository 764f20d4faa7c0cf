package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/round"
)

// worksOn opens a case of a customer some days before they are asked, with two
// steps, the first of which is a call.
func (h *house) worksOn(t *testing.T, id string, ago int) behold.Case {
	t.Helper()
	at := asking.AddDate(0, 0, -ago)
	c, err := h.openCase(t.Context(), behold.CaseOpening{Key: "open-" + id, Customer: id, Origin: behold.ByHand, Reason: behold.Overlooked, Owner: "mette@firm.example", Who: "mette@firm.example", At: at})
	h.must(t, err)
	return h.caseMoves(t, c, behold.CaseMove{Do: behold.CasePlanned, At: at.Add(time.Hour), Reason: behold.Overlooked, Steps: []behold.Step{
		{Action: behold.ActCall, Channel: "call", Minutes: 15, Within: 1}, {Action: behold.ActVisit, Channel: "visit", Minutes: 60, After: 3, Within: 5},
	}})
}

// caseMoves makes each move twice, as a form that is sent again does.
func (h *house) caseMoves(t *testing.T, c behold.Case, moves ...behold.CaseMove) behold.Case {
	t.Helper()
	for _, m := range moves {
		m.Key, m.Case, m.Version, m.Who = fmt.Sprintf("%s-%d", c.ID, c.Version), c.ID, c.Version, "mette@firm.example"
		if m.Do != behold.CaseRecovered {
			m.AskAgain = behold.NoDay
		}
		if m.Do != behold.CaseLost {
			m.Closing.Left = behold.NoDay
		}
		for range 2 {
			var err error
			if c, err = h.moveCase(t.Context(), m); err != nil {
				t.Fatal(m.Do, err)
			}
		}
	}
	return c
}

func (h *house) caseNow(t *testing.T, id string) behold.Case {
	t.Helper()
	all, err := h.State.CasesOf(t.Context(), id)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d cases of %s: %v", len(all), id, err)
	}
	return all[0]
}

// mailTo is how many letters went to an address, and the token in the last.
func (h *house) mailTo(t *testing.T, address string) (n int, token string) {
	t.Helper()
	for _, m := range h.office.Mails() {
		if strings.Contains(strings.Join(m.To, ","), address) {
			n, token = n+1, tokenIn(t, m)
		}
	}
	return n, token
}

// A kept customer is asked after the fix whether all is well; an unhappy answer
// opens the case again, once. A lost customer is asked why when the lot says so.
func TestKeptCustomersAreAskedAgain(t *testing.T) {
	h := openAsking(t, 40)
	kept := h.worksOn(t, "K-5", 30)
	if _, err := h.moveCase(t.Context(), behold.CaseMove{Key: "bare", Case: kept.ID, Version: kept.Version, Do: behold.CaseRecovered, At: asking.AddDate(0, 0, -28), AskAgain: behold.DayOf(asking)}); behold.KindOf(err) != behold.Invalid {
		t.Errorf("closed without a cause: %v", err)
	}
	h.caseMoves(t, kept,
		behold.CaseMove{Do: behold.CaseStepDone, At: asking.AddDate(0, 0, -29), Contact: true},
		behold.CaseMove{Do: behold.CaseRecovered, At: asking.AddDate(0, 0, -28), AskAgain: behold.DayOf(asking), Closing: behold.CaseClosing{Cause: behold.Overlooked, Action: behold.ActCall}})
	gone := behold.CaseClosing{Cause: behold.Competitor, Action: behold.ActCall, Left: behold.DayOf(asking) - 15, Said: behold.SaidByColleague}
	for n := 20; n < 30; n++ {
		h.caseMoves(t, h.worksOn(t, fmt.Sprint("K-", n), 12), behold.CaseMove{Do: behold.CaseLost, At: asking.AddDate(0, 0, -10), Closing: gone})
	}
	asked, err := h.State.LossesToAsk(t.Context(), behold.DayOf(asking), behold.AskLostShare)
	if err != nil || len(asked) != 10 {
		t.Fatalf("%d of 10 lost customers can be asked: %v", len(asked), err)
	}
	h.ask(t, asking)
	drawn := 0
	for i := range asked {
		number := strings.TrimPrefix(asked[i].Customer, "K-")
		n, _ := h.mailTo(t, "kunde"+number+"@")
		german := number == "23" || number == "27" // who are not written to without their consent
		if asked[i].Asked() {
			drawn++
		}
		if (n == 1) != (asked[i].Asked() && !german) {
			t.Errorf("%s: drawn %v, and %d letters went out", asked[i].Customer, asked[i].Asked(), n)
		}
	}
	if drawn == 0 {
		t.Error("the lot fell on nobody")
	}
	n, token := h.mailTo(t, "kunde5@")
	if c := h.caseNow(t, "K-5"); n != 1 || c.Asked != behold.DayOf(asking) || c.AskAgain.Known() || c.State != behold.Recovered {
		t.Fatalf("%d letters: %+v", n, c)
	}
	v, err := h.Invited(t.Context(), token)
	h.must(t, err)
	for range 2 {
		h.must(t, h.Reply(t.Context(), &v, []behold.Reply{{Item: "satisfaction", Value: 1, Scale: 5}}, true, asking.Add(time.Hour)))
	}
	c := h.caseNow(t, "K-5")
	if c.State != behold.Acknowledged || c.Reopened != 1 || len(c.Heard) != 1 || c.Owner != "mette@firm.example" || !c.Due.Known() {
		t.Errorf("after an unhappy answer: %+v", c)
	}
}

// The step of a case that is due stands on the list of its day though no lamp
// burns; a contact in the book is that step, and taking it back brings both back.
func TestStepsOfCasesAreListed(t *testing.T) {
	h := openAsking(t, 12)
	day := behold.DayOf(asking)
	h.must(t, h.State.SaveClosedDay(t.Context(), behold.ClosedDay{Day: day + 1, Name: "stocktaking"}, behold.Change{At: asking}))
	c := h.worksOn(t, "K-5", 1)
	if c.Steps[0].Due != day || c.Steps[1].Due != day+13 { // not on the day after, nor at weekends
		t.Errorf("due %v and %v", c.Steps[0].Due, c.Steps[1].Due)
	}
	_, err := h.Round(t.Context(), day, nil)
	h.must(t, err)
	list, made, err := h.State.TaskList(t.Context(), day)
	h.must(t, err)
	if len(list.Tasks) == 0 || list.Tasks[0].ID != "K-5" || list.Tasks[0].Name != "Kunde 5" || list.Tasks[0].Due != day || list.Tasks[0].Colleague != "mette@firm.example" {
		t.Fatalf("%+v", list.Tasks)
	}
	done := func() bool {
		t.Helper()
		reader := round.ListReader{Facts: h.Facts, State: h.State, Book: h.State, Cases: h.State, Made: made, Day: list.Day}
		found, err := reader.Read(t.Context(), list.Tasks[:1])
		h.must(t, err)
		return found[0].Done != nil && found[0].Done.Step != nil
	}
	if done() {
		t.Error("it is done before anybody did anything")
	}
	e := behold.Entry{
		ID: "called", Customer: "K-5", Kind: behold.EntryContact, Channel: "call", Direction: "out", At: asking, Due: behold.NoDay, Done: behold.NoDay, Broken: behold.NoDay,
		Left: behold.NoDay, Who: "mette@firm.example", Written: asking, Changed: behold.EntrySignature{Who: "mette@firm.example", At: asking},
	}
	h.must(t, book{h.State, h.App}.Write(t.Context(), &e))
	if now := h.caseNow(t, "K-5"); !done() || now.Next() != 1 || now.Steps[1].From != day+6 { // three working days on, one of them closed
		t.Errorf("spoken to: %+v", now.Steps)
	}
	_, err = book{h.State, h.App}.TakeBack(t.Context(), "called", e.Version, e.Changed)
	h.must(t, err)
	if now := h.caseNow(t, "K-5"); done() || now.Next() != 0 {
		t.Errorf("taken back: %+v", now.Steps)
	}
}
