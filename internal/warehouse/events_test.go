package warehouse

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"behold"
)

// told is what a timeline would show of events.
func told(list []behold.Event) []string {
	var out []string
	for _, e := range list {
		out = append(out, fmt.Sprintf("%s %s %s %s|%s|%s|%s", e.At.Day(), e.Table, e.ID, e.State, e.Direction+e.Channel, e.Subject+e.Text, e.Amount.Decimal()))
	}
	return out
}

func TestEvents(t *testing.T) {
	w := open(t)
	load(t, w, receiptOf("a.csv"), twoOrders)
	for table, rows := range map[behold.Table][]string{
		behold.TablePeople:    {"customer=K-1 person=P1 name=Ann valid_from=2025-01-01 valid_to=2025-02-10"},
		behold.TableInvoices:  {"invoice=I1 customer=K-1 due_on=2025-01-20 paid_on=2025-01-25 amount=1250", "invoice=I2 customer=K-1 due_on=2025-01-21 disputed=1"},
		behold.TableContracts: {"contract=A1 customer=K-1 product=Lease starts_on=2025-01-02 ends_on=2025-01-20 price=9900 period=month"},
		behold.TableContacts:  {"contact=B1 customer=K-1 at=2025-01-03 direction=in channel=call text=Hello", "contact=B2 customer=K-2 at=2025-01-03"},
		behold.TableTickets:   {"ticket=T1 customer=K-1 opened_at=2025-01-04T8 closed_at=2025-03-01 subject=Late", "ticket=T2 customer=K-1 opened_at=2025-01-04T9 promise_hours=24 channel=mail"},
		behold.TablePromises:  {"promise=L1 customer=K-1 made_at=2025-01-05 due_at=2025-01-09 kept_at=2025-01-09T13 kind=call-back", "promise=L2 customer=K-1 made_at=2025-01-05 due_at=2025-01-09T12 kept_at=2025-01-09T13"},
		behold.TableAnswers:   {"answer=S1 customer=K-1 answered_at=2025-01-06 item=why text=Slow", "answer=S1 customer=K-1 answered_at=2025-01-06 item=easy value=2 scale_max=7", "answer=S1 customer=K-1 answered_at=2025-01-06 item=satisfaction value=4 scale_max=5"},
		behold.TableQuotes:    {"quote=Q1 customer=K-1 at=2025-01-07 amount=12345 currency=EUR won_at=2025-01-08", "quote=Q2 customer=K-1 at=2025-03-07"},
		behold.TableLosses:    {"customer=K-1 left_on=2025-02-01 reason=competitor competitor=Acme won_back_on=2025-03-01"},
	} {
		loadRecords(t, w, recordsReceipt(table, string(table)+".csv"), rows...)
	}
	day := behold.Date(2025, 2, 14)
	list, total, err := w.Events(t.Context(), "k-1", day, behold.Slice{})
	want := []string{
		"2025-02-10 people P1 left||Ann|0.00",
		"2025-02-01 losses  left|competitor|Acme|0.00",
		"2025-01-21 invoices I2 disputed|||0.00",
		"2025-01-20 invoices I1 late|||12.50",
		"2025-01-07 quotes Q1 done|out||123.45",
		"2025-01-06 answers S1 |in|Slow|0.00",
		"2025-01-05 promises L1 done|outcall-back||0.00",
		"2025-01-05 promises L2 late|out||0.00",
		"2025-01-04 tickets T2 late|inmail||0.00",
		"2025-01-04 tickets T1 open|in|Late|0.00",
		"2025-01-03 contacts B1 |incall|Hello|0.00",
		"2025-01-02 contracts A1 open|month|Lease|99.00",
		"2025-01-01 people P1 came||Ann|0.00",
	}
	if err != nil || total != len(want) || !slices.Equal(told(list), want) {
		t.Errorf("%d events, %v:\n got %q\nwant %q", total, err, told(list), want)
	}
	if s1 := list[5]; s1.Value != 4 || s1.Scale != 5 || !math.IsNaN(list[0].Value) || list[4].Amount.Currency != "EUR" {
		t.Errorf("answers %+v, quote %+v", s1, list[4])
	}
	page, total, err := w.Events(t.Context(), "K-1", day, behold.Slice{Offset: 2, Limit: 3})
	if err != nil || total != len(want) || !slices.Equal(told(page), want[2:5]) {
		t.Errorf("a page: %d, %v, %q", total, err, told(page))
	}
	if found, total, err := w.Events(t.Context(), "K-1", day, behold.Slice{Search: "ACME"}); err != nil || total != 1 || found[0].Table != behold.TableLosses {
		t.Errorf("a search: %d, %v, %q", total, err, told(found))
	}
	if _, total, err := w.Events(t.Context(), "nobody", day, behold.Slice{}); err != nil || total != 0 {
		t.Errorf("nobody: %d, %v", total, err)
	}
	if _, _, err := w.Events(t.Context(), "K-1", day, behold.Slice{Sort: "text"}); behold.KindOf(err) != behold.Invalid {
		t.Errorf("sorted by text: %v, want Invalid", err)
	}
}
