package warehouse

import (
	"cmp"
	"reflect"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"behold"
)

func dealings(t testing.TB, w *Warehouse, day behold.Day, part behold.Part) *behold.Dealings {
	t.Helper()
	d, err := w.Dealings(t.Context(), day, part)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sizes counts the rows of every table.
func sizes(d *behold.Dealings) map[string]int {
	n := map[string]int{}
	v := reflect.ValueOf(d).Elem()
	for i := range v.NumField() {
		if rows := v.Field(i); rows.Kind() == reflect.Struct {
			n[v.Type().Field(i).Name] = rows.FieldByName("All").Len()
		}
	}
	return n
}

// tidy leaves out what says in another way that nobody has rows.
func tidy(d *behold.Dealings) *behold.Dealings {
	v := reflect.ValueOf(d).Elem()
	for i := range v.NumField() {
		if rows := v.Field(i); rows.Kind() == reflect.Struct && rows.FieldByName("All").Len() == 0 {
			rows.SetZero()
		}
	}
	return d
}

var sameDealings = []gocmp.Option{cmpopts.EquateNaNs(), cmpopts.EquateEmpty()}

// What was known on a day is what is known later without what came since, and
// customers are those of the histories, in as many parts as one likes.
func TestDealingsOfAnInventedShop(t *testing.T) {
	w := open(t)
	shop(t, w, 80)
	last := dealings(t, w, lastDay, behold.Part{})
	for name, n := range sizes(last) {
		if n == 0 {
			t.Errorf("there are no %s", name)
		}
	}
	if want := behold.Tables(); !slices.Equal(last.Has, want) {
		t.Errorf("has %v, want %v", last.Has, want)
	}
	for _, day := range []behold.Day{lastDay - 1, lastDay - 40, lastDay - 400} {
		early := dealings(t, w, day, behold.Part{})
		h, err := w.Histories(t.Context(), day, behold.Part{})
		if err != nil || !slices.Equal(h.Customer, early.Customer) {
			t.Fatalf("as of %v histories are of %v and dealings of %v (%v)", day, h.Customer, early.Customer, err)
		}
		var chosen []int
		for k, number := range last.Customer {
			if _, ok := slices.BinarySearch(early.Customer, number); ok {
				chosen = append(chosen, k)
			}
		}
		past := last.Pick(chosen).Until(day)
		if diff := gocmp.Diff(tidy(past), tidy(early), append(sameDealings, cmpopts.IgnoreFields(behold.Dealings{}, "Has"))...); diff != "" {
			t.Errorf("as of %v (-later, until then; +read):\n%.3000s", day, diff)
		}
		checkDealingParts(t, w, early)
	}
}

// checkDealingParts compares three parts with the whole.
func checkDealingParts(t *testing.T, w *Warehouse, whole *behold.Dealings) {
	t.Helper()
	for index := range 3 {
		part := dealings(t, w, whole.AsOf, behold.Part{Index: index, Of: 3})
		var chosen []int
		for _, number := range part.Customer {
			k, ok := slices.BinarySearch(whole.Customer, number)
			if !ok {
				t.Fatalf("customer %d is in a part and not in the whole", number)
			}
			chosen = append(chosen, k)
		}
		if len(chosen) == 0 || len(chosen) == len(whole.Customer) {
			t.Fatalf("part %d has %d of %d customers", index, len(chosen), len(whole.Customer))
		}
		if diff := gocmp.Diff(tidy(whole.Pick(chosen)), tidy(part), sameDealings...); diff != "" {
			t.Errorf("part %d (-whole +part):\n%.3000s", index, diff)
		}
	}
}

// TestDealingsSayWhatWasKnown goes through the columns of every table by hand.
func TestDealingsSayWhatWasKnown(t *testing.T) {
	w := open(t)
	line := fact{customer: "K-1", order: "F1", line: "1", day: "2025-01-01", amount: 1000, product: "P1", currency: "DKK"}
	i, err := w.Begin(t.Context(), receiptOf("orders.csv"))
	if err != nil {
		t.Fatal(err)
	}
	l := linesOf([]fact{line, line, line})
	l.Line = []string{"1", "2", "3"}
	l.Quantity, l.Offer = []float64{4, 0, 2}, []string{"", "", "jan"}
	l.PromisedOn = []behold.Day{behold.Date(2025, 1, 4), behold.Date(2025, 1, 5), behold.NoDay}
	l.DeliveredOn = []behold.Day{behold.Date(2025, 1, 6), behold.Date(2025, 1, 5), behold.NoDay}
	people := []behold.Customer{{ID: "k-1", Kind: "person", VIP: true, Since: behold.Date(2020, 1, 1), ClosedOn: behold.Date(2025, 3, 1), ClosedReason: "Konkurs", Segment: "inn"}}
	must(cmp.Or(i.Lines(t.Context(), l), i.Customers(t.Context(), people)))
	r := receiptOf("orders.csv")
	must(i.Commit(t.Context(), &r))
	for table, rows := range map[behold.Table][]string{
		behold.TablePeople:    {"customer=K-1 person=P1 valid_to=2025-02-10 email_status=bounced", "customer=K-1 person=P2 valid_from=2025-03-01"},
		behold.TableInvoices:  {"invoice=F1 customer=K-1 due_on=2025-03-01 paid_on=2025-01-20 amount=1250 currency=JPY disputed=1", "invoice=F2 customer=K-1 due_on=2025-03-02 paid_on=2025-03-02"},
		behold.TableContracts: {"contract=A1 customer=K-1 product=P1 starts_on=2025-01-01 ends_on=2025-12-31 notice_days=30 auto_renew=1 price=9900 period=month ended_on=2025-02-20"},
		behold.TableContacts:  {"contact=B1 customer=K-1 at=2025-01-02T9 direction=in channel=call colleague=A@x person=p1 replied_at=2025-02-02 text=Hello"},
		behold.TableTickets:   {"ticket=T1 customer=K-1 opened_at=2025-01-03T8 closed_at=2025-03-01 reopened=2 complaint=1 promise_hours=24 touchpoint=delivery subject=Late text=Where_is_it"},
		behold.TablePromises:  {"promise=L1 customer=K-1 made_at=2025-01-01 due_at=2025-01-09T12 kept_at=2025-02-14T13 kind=call-back"},
		behold.TableAnswers:   {"answer=S1 customer=K-1 answered_at=2025-01-05 asked_at=2025-01-01 item=why text=Too_slow", "answer=S1 customer=K-1 answered_at=2025-01-05 item=satisfaction value=4 scale_max=5"},
		behold.TableQuotes:    {"quote=Q1 customer=K-1 at=2025-01-09 amount=12345 won_at=2025-04-01", "quote=Q2 customer=K-9 at=2025-01-09"},
		behold.TableLosses:    {"customer=K-1 left_on=2025-02-01 reason=competitor said_by=customer", "customer=K-1 left_on=2025-02-02 reason=dunno won_back_on=2025-02-20"},
	} {
		loadRecords(t, w, recordsReceipt(table, string(table)+".csv"), rows...)
	}
	at := behold.Date(2025, 2, 14)
	got := dealings(t, w, at, behold.Part{})
	day := func(month, d int) behold.Day { return behold.Date(2025, 1, 0) + behold.Day(31*(month-1)+d) } // of January and February
	none := behold.NoDay
	rows := func(n int) []int { return []int{0, n} }
	nan := got.Answers.All[0].Value // Start and All are compared below
	want := &behold.Dealings{
		AsOf: at, Customer: []int32{0},
		Has:     []behold.Table{"customers", "people", "orders", "invoices", "contracts", "contacts", "tickets", "promises", "answers", "quotes", "losses"},
		Profile: []behold.Profile{{Closed: none, Since: behold.Date(2020, 1, 1), Person: true, VIP: true, Segment: markOf(t, w, "inn")}},
		People:  behold.Rows[behold.Person]{Start: rows(1), All: []behold.Person{{ID: markOf(t, w, "p1"), Recorded: none, From: none, To: day(2, 10), Bounced: true}}},
		Invoices: behold.Rows[behold.Invoice]{Start: rows(1), All: []behold.Invoice{
			{ID: markOf(t, w, "F1"), Recorded: day(1, 20), Due: behold.Date(2025, 3, 1), Paid: day(1, 20), Amount: 1250, Disputed: true}}},
		Contracts: behold.Rows[behold.Contract]{Start: rows(1), All: []behold.Contract{{ID: markOf(t, w, "A1"), Recorded: day(1, 1), Product: markOf(t, w, "P1"),
			Starts: day(1, 1), Ends: behold.Date(2025, 12, 31), Notice: 30, AutoRenew: true, Price: 99, Period: "month", IntroUntil: none, Ended: none}}},
		Contacts: behold.Rows[behold.Contact]{Start: rows(1), All: []behold.Contact{{ID: markOf(t, w, "B1"), Recorded: day(1, 2), At: day(1, 2).Moment() + 9*60, In: true,
			Channel: "call", Colleague: markOf(t, w, "a@x"), Person: markOf(t, w, "p1"), Replied: day(2, 2).Moment()}}},
		Tickets: behold.Rows[behold.Ticket]{Start: rows(1), All: []behold.Ticket{{ID: markOf(t, w, "T1"), Recorded: day(1, 3), Opened: day(1, 3).Moment() + 8*60,
			Replied: behold.NoMoment, Closed: behold.NoMoment, Complaint: true, PromiseHours: 24, Touchpoint: "delivery"}}},
		Promises: behold.Rows[behold.Promise]{Start: rows(2), All: []behold.Promise{
			{ID: markOf(t, w, "L1"), Table: "promises", Recorded: day(1, 1), Made: day(1, 1).Moment(), Due: day(1, 9).Moment() + 720, Kept: at.Moment() + 780, Kind: "call-back", GivenUp: behold.NoDay},
			{ID: markOf(t, w, "F1"), Table: "orders", Recorded: day(1, 1), Made: day(1, 1).Moment(), Due: day(1, 5).Moment(), Kept: day(1, 6).Moment(), Kind: "delivery", GivenUp: behold.NoDay}}},
		Answers: behold.Rows[behold.Answer]{Start: rows(2), All: []behold.Answer{
			{ID: markOf(t, w, "S1"), Recorded: day(1, 5), At: day(1, 5), Asked: day(1, 1), Item: "why", Value: nan, Scale: nan},
			{ID: markOf(t, w, "S1"), Recorded: day(1, 5), At: day(1, 5), Asked: none, Item: "satisfaction", Value: 4, Scale: 5}}},
		Quotes: behold.Rows[behold.Quote]{Start: rows(1), All: []behold.Quote{{ID: markOf(t, w, "Q1"), Recorded: day(1, 9), At: day(1, 9), Amount: 123.45, Won: none}}},
		Losses: behold.Rows[behold.Loss]{Start: rows(2), All: []behold.Loss{
			{Recorded: day(2, 1), On: day(2, 1), Reason: behold.Competitor, ByCustomer: true, WonBack: none},
			{Recorded: day(2, 2), On: day(2, 2), Reason: behold.UnknownReason, WonBack: none}}},
		Prices: behold.Rows[behold.Price]{Start: rows(2), All: []behold.Price{
			{Recorded: day(1, 1), On: day(1, 1), Order: markOf(t, w, "F1"), Quantity: 4, Unit: 2.5},
			{Recorded: day(1, 1), On: day(1, 1), Order: markOf(t, w, "F1"), Quantity: 2, Unit: 5, Offer: true}}},
		Remarks: behold.Rows[behold.Remark]{Start: rows(3), All: []behold.Remark{
			{ID: markOf(t, w, "B1"), Recorded: day(1, 2), At: day(1, 2).Moment() + 9*60, Table: "contacts", Body: "Hello"},
			{ID: markOf(t, w, "T1"), Recorded: day(1, 3), At: day(1, 3).Moment() + 8*60, Table: "tickets", Body: "Late\nWhere is it"},
			{ID: markOf(t, w, "S1"), Recorded: day(1, 5), At: day(1, 5).Moment(), Table: "answers", Body: "Too slow"}}},
	}
	if diff := gocmp.Diff(want, got, sameDealings...); diff != "" {
		t.Errorf("as of %v (-want +got):\n%s", at, diff)
	}
	if later := dealings(t, w, behold.Date(2025, 4, 1), behold.Part{}); later.Profile[0].Closed != behold.Date(2025, 3, 1) || later.Profile[0].ClosedReason != behold.ClosedDown ||
		later.Tickets.All[0].Reopened != 2 || !later.Losses.All[1].WonBack.Known() || len(later.People.All) != 2 || len(later.Invoices.All) != 2 {
		t.Errorf("later: %+v", later)
	}
}

func markOf(t testing.TB, w *Warehouse, text string) behold.Mark {
	t.Helper()
	var m behold.Mark
	if err := w.db.QueryRow("select cast(hash(cast($1 as varchar)) >> 1 as bigint)", text).Scan(&m); err != nil {
		t.Fatal(err)
	}
	return m
}

// A change that says when it was recorded counts from then, one that does not
// from the start.
func TestChangedDealing(t *testing.T) {
	w := open(t)
	load(t, w, receiptOf("a.csv"), twoOrders)
	loadRecords(t, w, recordsReceipt(behold.TableTickets, "t.csv"), "ticket=T1 customer=K-1 opened_at=2025-01-10 complaint=1", "ticket=T2 customer=K-1 opened_at=2025-01-10")
	loadRecords(t, w, recordsReceipt(behold.TableTickets, "t2.csv"), "ticket=T1 customer=K-1 opened_at=2025-01-10 closed_at=2025-01-20", "ticket=T2 customer=K-1 opened_at=2025-01-10 complaint=1 recorded=2025-02-01")
	for day, want := range map[behold.Day][2]bool{ // whether T1 and T2 are complaints
		behold.Date(2025, 1, 15): {false, false},
		behold.Date(2025, 2, 1):  {false, true},
	} {
		d := dealings(t, w, day, behold.Part{})
		got := map[behold.Mark]bool{}
		for _, ticket := range d.Tickets.Of(0) {
			got[ticket.ID] = ticket.Complaint
		}
		if len(got) != 2 || got[markOf(t, w, "T1")] != want[0] || got[markOf(t, w, "T2")] != want[1] {
			t.Errorf("as of %v: %v, want %v", day, got, want)
		}
	}
}

func TestWhyClosed(t *testing.T) {
	for said, want := range map[string]behold.Reason{
		"closed": behold.ClosedDown, "Konkurs": behold.ClosedDown, "Lukket": behold.ClosedDown, "stängt": behold.ClosedDown, "Nedlagt": behold.ClosedDown,
		"failliet": behold.ClosedDown, "Gesloten": behold.ClosedDown, "died": behold.ClosedDown, "død": behold.ClosedDown, "opphørt": behold.ClosedDown,
		"moved": behold.Moved, "flyttet": behold.Moved, "Flyttat utomlands": behold.Moved, "verhuisd": behold.Moved,
		"": behold.UnknownReason, "other": behold.UnknownReason,
	} {
		if got := whyClosed(said); got != want {
			t.Errorf("%q: %s, want %s", said, got, want)
		}
	}
}

// Every row of evidence that has a mark or, of orders, a day is found.
func TestFindRows(t *testing.T) {
	w := open(t)
	load(t, w, receiptOf("a.csv"), twoOrders)
	for table, row := range map[behold.Table]string{
		behold.TablePeople:    "customer=K-1 person=Ann valid_to=2025-02-10",
		behold.TableInvoices:  "invoice=I1 customer=K-1 due_on=2025-01-02",
		behold.TableContracts: "contract=A1 customer=K-1 starts_on=2025-01-01",
		behold.TableContacts:  "contact=B1 customer=K-1 at=2025-01-02",
		behold.TableTickets:   "ticket=T1 customer=K-1 opened_at=2025-01-03",
		behold.TablePromises:  "promise=L1 customer=K-1 made_at=2025-01-01 due_at=2025-01-09",
		behold.TableAnswers:   "answer=S1 customer=K-1 answered_at=2025-01-05 item=why text=Slow",
		behold.TableQuotes:    "quote=Q1 customer=K-1 at=2025-01-09",
	} {
		loadRecords(t, w, recordsReceipt(table, string(table)+".csv"), row)
	}
	d := dealings(t, w, behold.Date(2025, 3, 1), behold.Part{})
	lamps := []behold.Lamp{{Customer: 0, Evidence: behold.Evidence{Rows: []behold.Row{
		{Table: "people", Mark: d.People.All[0].ID}, {Table: "invoices", Mark: d.Invoices.All[0].ID}, {Table: "contracts", Mark: d.Contracts.All[0].ID},
		{Table: "contacts", Mark: d.Contacts.All[0].ID, Day: behold.Date(2025, 1, 2)}, {Table: "tickets", Mark: d.Tickets.All[0].ID},
		{Table: "promises", Mark: d.Promises.All[0].ID}, {Table: "answers", Mark: d.Answers.All[0].ID},
	}}}, {Customer: 0, Evidence: behold.Evidence{Rows: []behold.Row{
		{Table: "quotes", Mark: d.Quotes.All[0].ID}, {Table: "orders", Mark: markOf(t, w, "F2")}, {Table: "orders", Day: behold.Date(2025, 1, 3)},
		{Table: "tickets", Mark: 77}, {Table: "losses", Day: behold.Date(2025, 1, 3)}, {Table: "orders", ID: "kept", Mark: markOf(t, w, "F2")},
	}}}}
	if err := w.FindRows(t.Context(), lamps); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range lamps {
		for _, row := range l.Evidence.Rows {
			got = append(got, row.Table+" "+row.ID)
		}
	}
	want := []string{"people Ann", "invoices I1", "contracts A1", "contacts B1", "tickets T1", "promises L1", "answers S1",
		"quotes Q1", "orders F2", "orders F1", "tickets ", "losses ", "orders kept"}
	if !slices.Equal(got, want) || lamps[0].Evidence.Rows[3].Day != behold.Date(2025, 1, 2) {
		t.Errorf("found %q, want %q", got, want)
	}
}
