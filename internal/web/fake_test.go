package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"behold"
)

// A shop is a small invented wholesaler in memory. It answers the questions of
// the pages as the doors do, from plain slices: small, but not mocked.
type shop struct {
	files     []behold.PromiseCard // promises that files tell of
	deeds     []behold.Deed
	known     bool // every row that comes is known already
	mu        sync.Mutex
	settings  behold.Settings
	round     *behold.Round
	customers []behold.Customer
	standings []behold.Standing
	lamps     []behold.LampCard
	orders    map[int32][]behold.OrderSummary
	events    map[string][]behold.Event // by customer
	acts      []behold.Act              // the latest first
	moods     map[string]behold.Mood
	receipts  []behold.Receipt
	slow      time.Duration // that an import takes per step
	fail      error         // of the next import
	start     beginning
	book      book
	crowd     crowd
	cases     casebook
	plan      shopPlan
}

const strandID = "K-1042"

var fakeDay = behold.Date(2025, 11, 20)

func emptyShop() *shop {
	s := &shop{settings: behold.DefaultSettings(), orders: map[int32][]behold.OrderSummary{}, events: map[string][]behold.Event{}, moods: map[string]behold.Mood{}}
	s.settings.Currency = "DKK"
	return s
}

// nordkaffe is a shop with customers, orders and lamps.
func nordkaffe() *shop {
	s := emptyShop()
	s.settings.Company = "Nordkaffe A/S"
	names := []string{
		"Hotel Strandgården", "Bageriet på Torvet", "Kantine Vest", "Klinik Sundby", "Café Lykke", `Bobby "Tables" <b>& Søn</b>`,
		"Brød & Co 😀", "=SUM(A1)", "Rådhuskælderen", "Østerport Kontorhotel", "Vestervig Sygehus", "Slagter Jensen",
	}
	for i, name := range names {
		s.add(int32(i), name)
	}
	for i := 12; i < 130; i++ {
		s.add(int32(i), fmt.Sprintf("Kunde %03d", i))
	}
	s.round = &behold.Round{Day: fakeDay, Horizon: 90, Customers: int64(len(s.customers)), Lines: 9120}
	for i := range s.lamps {
		s.round.Lit = append(s.round.Lit, s.lamps[i].Lamp)
	}
	rate := 2.9
	s.round.Records = []behold.LampRecord{
		{Kind: behold.LampRhythm, Months: 18, Healthy: 4626, Lit: 84, Left: 37, False: &rate},
		{Kind: behold.LampCategory, Months: 18, Healthy: 90, Lit: 5, Left: 4},
	}
	s.round.Common = []behold.CommonCause{{Kind: behold.LampRhythm, Reason: behold.UnknownReason, Since: fakeDay - 3, Customers: 43, Usual: 2.4}}
	s.happen()
	s.receipts = []behold.Receipt{receipt(1, "fakturaer-2025.csv")}
	return s
}

// happen gives the first customer a row of every table, and a reason.
func (s *shop) happen() {
	at := func(days int) behold.Moment { return (fakeDay - behold.Day(days)).Moment() + 9*60 }
	plain := behold.Event{Due: behold.NoMoment, Done: behold.NoMoment, Value: math.NaN(), Scale: math.NaN()}
	for _, more := range []func(*behold.Event){
		func(e *behold.Event) {
			e.Table, e.ID, e.At, e.Channel, e.Direction, e.Text, e.Colleague = behold.TableContacts, "B-7", at(8), "call", "in", "Asked about the late grinder <b>again</b>.", "jonas@nordkaffe.example"
		},
		func(e *behold.Event) {
			e.Table, e.ID, e.At, e.State, e.Subject, e.Due = behold.TableTickets, "T-3", at(12), behold.EventLate, "Grinder", at(10)
		},
		func(e *behold.Event) {
			e.Table, e.ID, e.At, e.State, e.Due, e.Done, e.Text = behold.TablePromises, "L-1", at(30), behold.EventDone, at(25), at(26), "Free cups"
		},
		func(e *behold.Event) {
			e.Table, e.ID, e.At, e.Value, e.Scale, e.Channel = behold.TableAnswers, "S-1", at(40), 3, 5, "delivery"
		},
		func(e *behold.Event) {
			e.Table, e.ID, e.At, e.State, e.Amount = behold.TableQuotes, "Q-1", at(50), behold.EventOpen, behold.Money{Minor: 1200000, Currency: "DKK"}
		},
		func(e *behold.Event) {
			e.Table, e.ID, e.At, e.State, e.Due = behold.TableInvoices, "I-1", at(60), behold.EventDisputed, at(60)
		},
		func(e *behold.Event) {
			e.Table, e.ID, e.At, e.State, e.Subject, e.Channel, e.Due = behold.TableContracts, "C-1", at(300), behold.EventOpen, "Service", "month", at(-60)
		},
		func(e *behold.Event) {
			e.Table, e.ID, e.At, e.State, e.Subject = behold.TablePeople, "P-1", at(310), behold.EventLeft, "Ida Krogh"
		},
		func(e *behold.Event) {
			e.Table, e.ID, e.At, e.State, e.Subject = behold.TablePeople, "P-1", at(900), behold.EventCame, "Ida Krogh"
		},
		func(e *behold.Event) {
			e.Table, e.At, e.State, e.Channel = behold.TableLosses, at(950), behold.EventLeft, "competitor"
		},
	} {
		e := plain
		more(&e)
		s.events[strandID] = append(s.events[strandID], e)
	}
	st := &s.standings[0]
	st.MainReason = behold.Competitor
	st.Grounds = behold.Grounds{
		Main: behold.Competitor, Chance: 0.62, Source: behold.Inferred, Family: 0.71, Silent: true,
		Likely: []behold.ReasonChance{{Reason: behold.Competitor, Chance: 0.62}, {Reason: behold.Overlooked, Chance: 0.2}},
	}
}

func (s *shop) Events(_ context.Context, id string, _ behold.Day, q behold.Slice) ([]behold.Event, int, error) {
	return cutOut(s.events[id], q), len(s.events[id]), nil
}

func (s *shop) SaveAct(_ context.Context, a *behold.Act) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := a.Check(fakeDay); err != nil {
		return err
	}
	met := false
	for i := range s.lamps {
		if l := &s.lamps[i]; behold.CustomerKey(l.ID) == behold.CustomerKey(a.Customer) && l.Kind == a.Kind {
			l.State, l.Until, met = a.State, a.Until, true
		}
	}
	if !met {
		return &behold.Error{Kind: behold.NotFound, Say: "no such lamp is lit", Hint: "look again"}
	}
	s.acts = append([]behold.Act{*a}, s.acts...)
	return nil
}

func (s *shop) Acts(_ context.Context, id string) (list []behold.Act, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.acts {
		if behold.CustomerKey(a.Customer) == behold.CustomerKey(id) {
			list = append(list, a)
		}
	}
	return list, nil
}

func (s *shop) SaveMood(_ context.Context, m behold.Mood) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moods[m.Customer] = m
	return nil
}

func (s *shop) MoodOf(_ context.Context, id string) (behold.Mood, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.moods[id], nil
}

func receipt(id int64, file string) behold.Receipt {
	at := time.Date(2025, 11, 20, 8, 12, 0, 0, time.UTC)
	return behold.Receipt{
		Import: id, File: file, Table: behold.TableOrders, Source: "file", Size: 1 << 20,
		Started: at, Finished: at.Add(2300 * time.Millisecond),
		Read: 9214, Kept: 9120, Rejected: 94, Customers: 130, FirstDay: behold.Date(2022, 11, 21), LastDay: fakeDay,
		Form: behold.FileForm{Kind: "csv", Separator: ";", Encoding: "windows-1252", Decimal: ",", Dates: "day/month/year"},
		Columns: []behold.ColumnUse{
			{Header: "Fakturanr", Field: "order", Example: []string{"F-88121", "F-88122"}},
			{Header: "Kundenr.", Field: "customer", Example: []string{strandID, "K-1043"}},
			{Header: "Dato", Field: "ordered_at", Form: "day/month/year", Example: []string{"14-03-2025"}},
			{Header: "Beløb", Field: "amount", Form: "1,5", Example: []string{"1.188,00", "240,00", "<script>alert(1)</script>"}},
			{Header: "Lager", Example: []string{"A4"}},
		},
		Rejects: []behold.WhyCount{{Why: "no_customer", Column: "Kundenr.", Rows: 94, Row: 17}},
	}
}

func (s *shop) add(i int32, name string) {
	c := behold.Customer{Number: i, ID: fmt.Sprintf("K-%d", 1042+i), Name: name, Country: "DK", Region: "Skagen", Colleague: "mette@nordkaffe.example", Phone: "+45 12 34 56 78", ClosedOn: behold.NoDay}
	c.Since = behold.NoDay
	s.customers = append(s.customers, c)
	gap := 14 + int(i*7)%50
	silent := 10 + int(i*13)%90
	if i < 6 {
		silent = 2*gap + 10 + int(i)
	}
	last := fakeDay - behold.Day(silent)
	for k := range 40 {
		day := last - behold.Day(k*gap+(k*k+int(i))%5)
		if day < fakeDay-3*365 {
			break
		}
		amount := 120000 + int64((k*37+int(i)*11)%90)*3000
		s.orders[i] = append(s.orders[i], behold.OrderSummary{
			Order: fmt.Sprintf("F-%d%02d", 881+i, 99-k), At: day.Time().Add(9 * time.Hour), Amount: behold.Money{Minor: amount, Currency: "DKK"},
			Lines: 4, Products: []string{"Kaffe, mørk 6 × 1 kg", "Kopper"}, More: 2, Return: k == 3,
		})
		if k == 3 {
			s.orders[i][3].Amount.Minor = -42000
		}
	}
	p := 1 / float64(2+silent*silent/gap)
	f := behold.Forecast{
		Customer: i, State: behold.Active, Orders: int32(len(s.orders[i])), Occasions: int32(len(s.orders[i])),
		First: behold.DayOf(s.orders[i][len(s.orders[i])-1].At), Last: last,
		UsualGap: float64(gap), UsualLow: 0.7 * float64(gap), UsualHigh: 1.4 * float64(gap), SilentDays: int32(silent), SilenceP: p,
		ExpectedBy: last + behold.Day(gap), LampOn: last + behold.Day(2*gap), ChanceActive: 0.4 + 0.01*float64(i%50),
		ChanceLeave: min(0.9, float64(silent)/110), Calibrated: i%3 == 0,
	}
	f.ChanceLeaveLow, f.ChanceLeaveHigh = 0.8*f.ChanceLeave, min(1, 1.2*f.ChanceLeave)
	f.Residual = behold.Money{Minor: 71000000 / int64(i+1), Currency: "DKK"}
	f.Value = behold.MoneyOf(f.Residual.Major()*f.ChanceActive, "DKK")
	f.MoneyAtRisk = behold.MoneyOf(f.Residual.Major()*f.ChanceLeave, "DKK")
	st := behold.Standing{Forecast: f, ID: c.ID, Name: c.Name, LoyaltyIndex: -1, MainReason: behold.UnknownReason}
	if silent > 2*gap {
		st.State = behold.Quiet
		s.light(&st, behold.LampRhythm, behold.UnknownReason)
	}
	if i%9 == 0 {
		s.light(&st, behold.LampCategory, behold.Competitor)
	}
	s.standings = append(s.standings, st)
}

func (s *shop) light(st *behold.Standing, kind behold.LampKind, why behold.Reason) {
	st.Lamps = append(st.Lamps, kind)
	l := behold.LampCard{ID: st.ID, Name: st.Name}
	l.Forecast(&st.Forecast)
	l.Lamp = behold.Lamp{
		Customer: st.Customer, Kind: kind, Reason: why, State: behold.Lit, Since: st.LampOn, Out: behold.NoDay, P: st.SilenceP, PStar: st.SilenceP, Threshold: 0.05,
		Evidence: behold.Evidence{
			Facts: []behold.Fact{
				{Name: "occasions", Number: float64(st.Occasions)}, {Name: "usual_gap_days", Number: st.UsualGap},
				{Name: "usual_low_days", Number: st.UsualLow}, {Name: "usual_high_days", Number: st.UsualHigh},
				{Name: "silent_days", Number: float64(st.SilentDays)}, {Name: "one_in", Number: 60}, {Name: "last_order_on", Day: st.Last},
				{Name: "category", Text: "Te"}, {Name: "others", Number: 3},
			},
			Rows: []behold.Row{{Table: "orders", ID: "F-88199", Day: st.Last}, {Table: "orders", ID: "F-88198", Day: st.Last - 30}},
		},
	}
	s.lamps = append(s.lamps, l)
}

func (s *shop) LitLamps(_ context.Context, q behold.LampQuery) ([]behold.LampCard, int, error) {
	found := slices.DeleteFunc(slices.Clone(s.lamps), func(l behold.LampCard) bool { return !q.Wants(&l) })
	slices.SortStableFunc(found, func(a, b behold.LampCard) int {
		by := cmp.Compare(a.MoneyAtRisk.Minor, b.MoneyAtRisk.Minor)
		switch q.Sort {
		case "name":
			by = cmp.Compare(a.Name, b.Name)
		case "since":
			by = cmp.Compare(a.Since, b.Since)
		case "chance":
			by = cmp.Compare(a.ChanceLeave, b.ChanceLeave)
		case "":
			by = -by
		}
		if q.Desc {
			by = -by
		}
		return by
	})
	return cutOut(found, q.Slice), len(found), nil
}

func cutOut[T any](all []T, q behold.Slice) []T {
	all = all[min(q.Offset, len(all)):]
	if q.Limit > 0 {
		all = all[:min(q.Limit, len(all))]
	}
	return all
}

func (s *shop) LampSummary(context.Context) (behold.LampSummary, error) {
	return *s.summed(func(*behold.LampCard) bool { return true }), nil
}

func (s *shop) summed(wanted func(*behold.LampCard) bool) *behold.LampSummary {
	sum := &behold.LampSummary{Day: fakeDay, Kinds: map[behold.LampKind]int{}, Reasons: map[behold.Reason]int{}, States: map[behold.LampState]int{}, Cells: map[behold.LampCell]int{}}
	sum.MoneyAtRisk.Currency = "DKK"
	var atRisk []int64
	seen := map[string]bool{}
	for i := range s.lamps {
		l := &s.lamps[i]
		if !wanted(l) {
			continue
		}
		sum.States[l.State]++
		sum.Cells[behold.LampCell{Kind: l.Kind, Reason: l.Reason, State: l.State, Common: l.Common}]++
		if !l.State.Awake() || l.Common {
			continue
		}
		sum.Lamps++
		atRisk = append(atRisk, l.MoneyAtRisk.Minor)
		sum.Kinds[l.Kind]++
		sum.Reasons[l.Reason]++
		if !seen[l.ID] {
			seen[l.ID] = true
			sum.Customers++
			sum.MoneyAtRisk.Minor += l.MoneyAtRisk.Minor
		}
	}
	slices.SortFunc(atRisk, func(a, b int64) int { return cmp.Compare(b, a) })
	if n := len(atRisk); n > 0 {
		sum.High, sum.Middle = atRisk[(n+2)/3-1], atRisk[(2*n+2)/3-1]
	}
	return sum
}

func (s *shop) LastRound(context.Context, behold.Day) (behold.Round, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.round == nil {
		return behold.Round{}, false, nil
	}
	return *s.round, true, nil
}

func (s *shop) Settings(context.Context) (behold.Settings, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settings, nil
}

func (s *shop) SaveSettings(_ context.Context, new behold.Settings, _ string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settings = new
	return nil
}

func (s *shop) Standings(_ context.Context, q behold.StandingQuery) ([]behold.Standing, int, error) {
	found := slices.DeleteFunc(slices.Clone(s.standings), func(st behold.Standing) bool {
		words := strings.ToLower(q.Search)
		return !q.Whose.Asks(st.Colleague) || len(q.Of) > 0 && !slices.Contains(q.Of, st.Customer) || q.ID != "" && st.ID != q.ID || q.State != "" && st.State != q.State ||
			words != "" && !strings.Contains(strings.ToLower(st.Name+" "+st.ID), words)
	})
	slices.SortStableFunc(found, func(a, b behold.Standing) int {
		switch q.Sort {
		case "name":
			return cmp.Compare(a.Name, b.Name)
		case "value":
			return -cmp.Compare(a.Value.Minor, b.Value.Minor)
		}
		return -cmp.Compare(a.MoneyAtRisk.Minor, b.MoneyAtRisk.Minor)
	})
	return cutOut(found, q.Slice), len(found), nil
}

func (s *shop) Customer(_ context.Context, id string, _ behold.Day) (*behold.Customer, error) {
	for i := range s.customers {
		if behold.CustomerKey(s.customers[i].ID) == behold.CustomerKey(id) {
			return &s.customers[i], nil
		}
	}
	return nil, &behold.Error{Kind: behold.NotFound, Say: "nobody has the number " + id, Hint: "search for the name in Customers"}
}

func (s *shop) Orders(_ context.Context, n int32, _ behold.Day, q behold.Slice) ([]behold.OrderSummary, int, error) {
	return cutOut(s.orders[n], q), len(s.orders[n]), nil
}

func (s *shop) KindsOf(_ context.Context, n int32, day behold.Day) ([]behold.KindSummary, error) {
	if len(s.orders[n]) == 0 {
		return nil, nil
	}
	kr := func(x int64) behold.Money { return behold.Money{Minor: x * 100, Currency: "DKK"} }
	return []behold.KindSummary{
		{Category: "Kaffe", Days: 31, First: day - 1000, Last: day - 40, Amount: kr(81000), Share: 0.62, Quarters: []int64{40, 42, 39, 44, 41, 30, 22, 12}},
		{Category: "Kopper", Days: 12, First: day - 900, Last: day - 70, Amount: kr(27000), Share: 0.21, Quarters: []int64{12, 9, 14, 0, 10, 8, 9, 4}},
		{Category: "Te", Days: 9, First: day - 900, Last: day - 210, Amount: kr(22000), Share: 0.17, Quarters: []int64{9, 8, 8, 10, 7, 6, 0, 0}},
	}, nil
}

func (s *shop) Imports(context.Context) ([]behold.Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.receipts), nil
}

func (s *shop) EachReject(_ context.Context, id int64, each func(behold.Reject) error) error {
	for _, b := range []behold.Reject{{Row: 17, Column: "Kundenr.", Why: "no_customer"}, {Row: 21, Column: "Beløb", Value: "=cmd|' /c calc'!A0", Why: "not_a_number"}} {
		if err := each(b); err != nil {
			return err
		}
	}
	return nil
}

func (s *shop) Extent(context.Context, behold.Day) (behold.Extent, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var e behold.Extent
	for _, r := range s.receipts {
		if r.UndoneAt.IsZero() {
			e = behold.Extent{Customers: e.Customers + r.Customers, Lines: e.Lines + r.Kept, First: behold.Date(2022, 11, 21), Last: fakeDay}
		}
	}
	return e, nil
}

func (s *shop) Look(_ context.Context, f File) (*behold.Receipt, error) {
	b, err := os.ReadFile(f.Path)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(string(b), ";") {
		return nil, &behold.Error{Kind: behold.Invalid, Say: "the file has no column for the customer", Hint: "name one column customer"}
	}
	r := receipt(0, f.Name)
	r.Notes = []behold.Note{{Code: "no_amount"}}
	if f.Dates == "" && strings.Contains(string(b), "01/02/2025") {
		r.Notes = []behold.Note{{Code: "dates_ambiguous", Args: map[string]string{"column": "Dato", "taken": "day/month/year"}}}
	}
	told(&r, f, string(b))
	return &r, nil
}

func (s *shop) DryRun(ctx context.Context, f File) (*behold.Receipt, error) {
	for i := range 5 {
		f.Progress(int64(i), 5)
		time.Sleep(s.slow)
	}
	r := receipt(0, f.Name)
	r.DryRun = true
	if f.Reject != nil {
		if err := s.EachReject(ctx, 0, f.Reject); err != nil {
			return nil, err
		}
	}
	if s.known {
		r.Known, r.Kept, r.Changed = r.Kept+r.Known+r.Changed, 0, 0
	}
	return &r, nil
}

func (s *shop) Import(ctx context.Context, f File) (*behold.Receipt, error) {
	if s.fail != nil {
		return nil, s.fail
	}
	if _, err := s.DryRun(ctx, f); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r := receipt(int64(len(s.receipts)+1), f.Name)
	s.receipts = append([]behold.Receipt{r}, s.receipts...)
	return &r, nil
}

func (s *shop) Undo(_ context.Context, id int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.receipts {
		if s.receipts[i].Import == id {
			s.receipts[i].UndoneAt = time.Date(2025, 11, 21, 9, 0, 0, 0, time.UTC)
			return nil
		}
	}
	return &behold.Error{Kind: behold.NotFound, Say: "there is no such import"}
}

func (s *shop) Round(_ context.Context, day behold.Day, progress func(done, total int64)) (*behold.Round, error) {
	if progress == nil {
		return nil, errors.New("nobody is told how far it is")
	}
	progress(1, 2)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.round = &behold.Round{Day: day, Horizon: 90, Customers: int64(len(s.customers))}
	return s.round, nil
}

func (s *shop) deps(dir string) Deps {
	return Deps{State: s, Facts: s, Book: s, Promises: s, Cases: s, Books: s, Lists: s, Arrivals: s, Work: s, Company: s, Reports: s, Board: s, Pulse: s, Decisions: s, Voices: s, Deeds: s, Remarks: newShopWords(), Effects: s, Start: s, Letters: &shopPost{}, Answers: newShopAsks(), Asking: newShopAsks(), Plans: s, Hours: s, Feeds: s, Uploads: dir, Now: func() time.Time { return fakeDay.Time().Add(7 * time.Hour) }, Version: "test"}
}
