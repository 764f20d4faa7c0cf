package warehouse

import (
	"testing"

	"behold"
)

// An episode counts what happened after the day it began until the day it ended,
// and nothing is read before; of whom an import that was taken back named, nothing.
func TestOutcomes(t *testing.T) {
	w := open(t)
	load(t, w, receiptOf("a.csv"), []fact{
		{customer: "K-1", order: "F1", line: "1", day: "2025-01-03", amount: 1000},
		{customer: "K-1", order: "F2", line: "1", day: "2025-01-04", amount: 700},
		{customer: "K-1", order: "F2", line: "2", day: "2025-01-04", amount: -100},
		{customer: "K-2", order: "F3", line: "1", day: "2025-01-03", amount: 100},
		{customer: "K-2", order: "F4", line: "1", day: "2025-01-20", amount: -300},
		{customer: "K-2", order: "F5", line: "1", day: "2025-03-05", amount: 900},
		{customer: "K-3", order: "F6", line: "1", day: "2025-03-04", amount: 50},
	})
	loadRecords(t, w, recordsReceipt(behold.TableContacts, "c.csv"),
		"contact=B1 customer=K-1 at=2025-01-03 channel=call", "contact=B2 customer=K-2 at=2025-01-05 channel=newsletter", "contact=B3 customer=K-3 at=2025-01-05 channel=mail direction=in")
	loadRecords(t, w, recordsReceipt(behold.TableTickets, "t.csv"),
		"ticket=T1 customer=K-2 opened_at=2025-02-01 complaint=1", "ticket=T2 customer=K-1 opened_at=2025-01-02 complaint=1")
	begins, ends := behold.Date(2025, 1, 3), behold.Date(2025, 3, 4)
	var episodes []behold.Episode
	for i, id := range []string{"k-1 ", "K-2", "K-3", "K-nobody"} {
		episodes = append(episodes, behold.Episode{Customer: int32(i), ID: id, Begins: begins, Ends: ends})
	}
	got, err := w.Outcomes(t.Context(), ends, "DKK", episodes)
	if err != nil || len(got) != 3 {
		t.Fatal(got, err)
	}
	for i, want := range []struct {
		kept, spoken, complained bool
		margin                   int64
		minutes                  float64
	}{{true, true, false, 600, 15}, {false, false, true, -300, 0}, {true, false, false, 50, 0}} {
		o := got[i]
		if o.ID != episodes[i].ID || o.Kept != want.kept || o.Spoken != want.spoken || o.Complained != want.complained || o.Margin.Minor != want.margin || o.Minutes != want.minutes || o.Objected || o.Read != ends || o.MarginRead.Known() {
			t.Errorf("%d: %+v", i, o)
		}
	}
	early, err := w.Outcomes(t.Context(), ends-1, "DKK", episodes)
	if err != nil || early[0].Read.Known() || early[2].Kept {
		t.Errorf("read before they ended: %+v, %v", early, err)
	}
	late, err := w.Outcomes(t.Context(), begins+behold.MarginDays, "DKK", episodes)
	if err != nil || late[1].Kept || late[1].Margin.Minor != 600 || late[1].MarginRead != begins+behold.MarginDays {
		t.Errorf("%+v, %v", late, err)
	}
	undone := open(t)
	load(t, undone, receiptOf("a.csv"), []fact{{customer: "K-1", order: "F1", line: "1", day: "2025-01-04", amount: 1000}})
	if err := undone.Undo(t.Context(), 1, nil); err != nil {
		t.Fatal(err)
	}
	if gone, err := undone.Outcomes(t.Context(), ends, "DKK", episodes); err != nil || len(gone) != 0 {
		t.Errorf("%+v, %v", gone, err)
	}
}
