package survey

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"behold"
)

var today = behold.Date(2025, 3, 14)

// frameOf is a company of n customers of every sort.
func frameOf(n int) *Frame {
	rng := rand.New(rand.NewPCG(5, 8))
	f := &Frame{Day: today, AsOf: today - 1, Seed: 7, Rules: behold.DefaultSurveys(), Country: "SE"}
	for i := range n {
		c := behold.Askable{
			Number: int32(i), ID: fmt.Sprintf("K-%d", 1000+i), Name: fmt.Sprintf("Customer %d", i), Language: "sv", State: behold.Active,
			Contacts: []behold.AskContact{{Address: fmt.Sprintf("k%d@customer.example", i)}}, Firm: fmt.Sprint("firm", i),
			Value: int64(1000 * math.Exp(2*rng.NormFloat64())), First: today - behold.Day(30+rng.IntN(2)*400+rng.IntN(300)), Last: today - behold.Day(rng.IntN(60)), Complained: behold.NoDay,
		}
		if rng.IntN(5) == 0 {
			c.State = behold.Quiet
		}
		f.Customers = append(f.Customers, c)
	}
	return f
}

func (d *Drawn) of(customer string, stream behold.Stream) behold.Asking {
	i := slices.IndexFunc(d.Askings, func(a behold.Asking) bool { return a.Customer == customer && a.Stream == stream })
	if i < 0 {
		return behold.Asking{}
	}
	return d.Askings[i]
}

func (d *Drawn) taken(stream behold.Stream) (n int) {
	for i := range d.Askings {
		if d.Askings[i].Drawn && d.Askings[i].Stream == stream {
			n++
		}
	}
	return n
}

// invites are what the store would keep of a draw.
func (d *Drawn) invites() (list []behold.Invite) {
	for _, a := range d.Askings {
		if a.Drawn {
			list = append(list, behold.Invite{Day: d.Day.Day, Stream: a.Stream, Touchpoint: a.Touchpoint, About: a.About, Customer: a.Customer, Number: a.Number,
				Firm: a.Firm, Address: a.Address, Stratum: a.Stratum, Pi: a.Pi, State: behold.InviteSent, Answered: behold.NoDay})
		}
	}
	return list
}

func TestTheSameFrameGivesTheSameDraw(t *testing.T) {
	one, two := Draw(frameOf(500)), Draw(frameOf(500))
	if diff := cmp.Diff(one, two); diff != "" {
		t.Error(diff)
	}
	f := frameOf(500)
	slices.Reverse(f.Customers) // in whatever order they are read
	other := Draw(f)
	for _, a := range one.Askings {
		if b := other.of(a.Customer, a.Stream); a.Drawn != b.Drawn || a.Lot != b.Lot || a.Pi != b.Pi {
			t.Errorf("%s: %+v in another order %+v", a.Customer, a, b)
		}
	}
	f = frameOf(500)
	f.Seed++
	another := Draw(f)
	same := 0
	for _, a := range one.Askings {
		if a.Drawn && another.of(a.Customer, a.Stream).Drawn {
			same++
		}
	}
	if n := one.taken(behold.StreamLevel); n != 6 || same == n {
		t.Errorf("500 customers: %d are asked, %d of them with another seed", n, same)
	}
}

func TestHowManyAreAsked(t *testing.T) {
	for customers, want := range map[int]int{0: 0, 2: 2, 80: 3, 270: 3, 900: 10, 5000: 50} {
		d := Draw(frameOf(customers))
		if got := d.taken(behold.StreamLevel); got != want || d.Day.Size != want || d.Day.Frame != customers {
			t.Errorf("%d customers: %d are asked, size %d, frame %d; want %d", customers, got, d.Day.Size, d.Day.Frame, want)
		}
		if len(d.Day.Strata) > 12 {
			t.Errorf("%d strata", len(d.Day.Strata))
		}
	}
	f := frameOf(300)
	f.Rules.Daily = 20
	if d := Draw(f); d.taken(behold.StreamLevel) != 20 {
		t.Errorf("the company says 20: %d", d.taken(behold.StreamLevel))
	}
}

// Every reason not to ask somebody, and how long it holds.
func TestWhyNot(t *testing.T) {
	invite := func(days behold.Day, change func(*behold.Invite)) behold.Invite {
		v := behold.Invite{Day: today - days, Stream: behold.StreamLevel, Customer: "K-1000", Firm: "firm0", Address: "k0@customer.example", State: behold.InviteSent, Answered: behold.NoDay}
		if change != nil {
			change(&v)
		}
		return v
	}
	answered := func(v *behold.Invite) { v.Answered = v.Day + 1 }
	for _, c := range []struct {
		name  string
		do    func(*Frame, *behold.Askable)
		why   behold.NotAsked
		until behold.Day
	}{
		{"nothing", func(*Frame, *behold.Askable) {}, "", behold.NoDay},
		{"no address", func(_ *Frame, c *behold.Askable) { c.Contacts = []behold.AskContact{{Name: "Mette"}} }, behold.AskNoAddress, behold.NoDay},
		{"objected in the files", func(_ *Frame, c *behold.Askable) { c.OptOut = true }, behold.AskObjected, behold.NoDay},
		{"objected by a letter", func(f *Frame, _ *behold.Askable) {
			f.Stops = []behold.SurveyStop{{Customer: "k-1000", Address: "k0@customer.example"}}
		}, behold.AskObjected, behold.NoDay},
		{"refused by the mail server", func(f *Frame, _ *behold.Askable) {
			f.Before = []behold.Invite{invite(3, func(v *behold.Invite) { v.State, v.Why = behold.InviteFailed, "mail_address" })}
		}, behold.AskBounced, behold.NoDay},
		{"never sent for another reason", func(f *Frame, _ *behold.Askable) {
			f.Before = []behold.Invite{invite(3, func(v *behold.Invite) { v.State, v.Why = behold.InviteFailed, "stale" })}
		}, "", behold.NoDay},
		{"the country is off", func(f *Frame, _ *behold.Askable) { f.Rules.Modes = "SE:off" }, behold.AskNoMode, behold.NoDay},
		{"no consent", func(_ *Frame, c *behold.Askable) { c.Country = "DE" }, behold.AskNoConsent, behold.NoDay},
		{"consent", func(_ *Frame, c *behold.Askable) { c.Country, c.Consent = "DE", true }, "", behold.NoDay},
		{"having bought is enough", func(f *Frame, c *behold.Askable) { c.Country, f.Rules.SoftOptIn = "de", true }, "", behold.NoDay},
		{"unless they object to marketing", func(f *Frame, c *behold.Askable) { c.Country, f.Rules.SoftOptIn, c.MarketingOptOut = "DE", true, true }, behold.AskNoConsent, behold.NoDay},
		{"Denmark, long after the purchase", func(_ *Frame, c *behold.Askable) { c.Country, c.Last = "DK", today-91 }, behold.AskNotNear, behold.NoDay},
		{"Denmark, long after it, with consent", func(_ *Frame, c *behold.Askable) { c.Country, c.Last, c.Consent = "DK", today-91, true }, "", behold.NoDay},
		{"Denmark, long after it, consent taken back", func(_ *Frame, c *behold.Askable) {
			c.Country, c.Last, c.Consent, c.MarketingOptOut = "DK", today-91, true, true
		}, behold.AskNotNear, behold.NoDay},
		{"Denmark, near the purchase", func(_ *Frame, c *behold.Askable) { c.Country, c.Last = "DK", today-90 }, "", behold.NoDay},
		{"closed", func(_ *Frame, c *behold.Askable) { c.State = behold.Closed }, behold.AskClosed, behold.NoDay},
		{"lost", func(_ *Frame, c *behold.Askable) { c.State = behold.Lost }, behold.AskLost, behold.NoDay},
		{"a complaint", func(_ *Frame, c *behold.Askable) { c.Complaint = true }, behold.AskComplaint, behold.NoDay},
		{"a complaint six days ago", func(_ *Frame, c *behold.Askable) { c.Complained = today - 6 }, behold.AskComplained, today + 1},
		{"a complaint seven days ago", func(_ *Frame, c *behold.Askable) { c.Complained = today - 7 }, "", behold.NoDay},
		{"asked 89 days ago", func(f *Frame, _ *behold.Askable) { f.Before = []behold.Invite{invite(89, nil)} }, behold.AskResting, today + 1},
		{"asked 90 days ago", func(f *Frame, _ *behold.Askable) { f.Before = []behold.Invite{invite(90, nil)} }, "", behold.NoDay},
		{"silent twice", func(f *Frame, _ *behold.Askable) { f.Before = []behold.Invite{invite(200, nil), invite(100, nil)} }, behold.AskSilent, today + 80},
		{"silent twice long ago", func(f *Frame, _ *behold.Askable) { f.Before = []behold.Invite{invite(300, nil), invite(180, nil)} }, "", behold.NoDay},
		{"answered in between", func(f *Frame, _ *behold.Askable) {
			f.Before = []behold.Invite{invite(320, nil), invite(220, answered), invite(100, nil)}
		}, "", behold.NoDay},
		{"answered 100 days ago", func(f *Frame, _ *behold.Askable) { f.Before = []behold.Invite{invite(101, answered)} }, behold.AskAnswered, today + 80},
		{"answered another survey", func(f *Frame, _ *behold.Askable) {
			f.Before = []behold.Invite{invite(101, func(v *behold.Invite) { answered(v); v.Stream = behold.StreamEvent; v.Touchpoint = "delivery" })}
		}, "", behold.NoDay},
		{"a colleague of theirs 29 days ago", func(f *Frame, _ *behold.Askable) {
			f.Before = []behold.Invite{invite(29, func(v *behold.Invite) { v.Customer = "K-1001" })}
		}, behold.AskFirm, today + 1},
		{"a colleague of theirs 30 days ago", func(f *Frame, _ *behold.Askable) {
			f.Before = []behold.Invite{invite(30, func(v *behold.Invite) { v.Customer = "K-1001" })}
		}, "", behold.NoDay},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := frameOf(2)
			f.Customers[1].OptOut = true
			c.do(f, &f.Customers[0])
			d := Draw(f)
			a := d.of("K-1000", behold.StreamLevel)
			if a.Why != c.why || a.Until != c.until || a.Drawn != (c.why == "") {
				t.Errorf("%+v, want %q until %v", a, c.why, c.until)
			}
			if a.Drawn && (a.Pi != 1 || a.Address == "" || len(a.Items) != 4) {
				t.Errorf("%+v", a)
			}
		})
	}
}

func TestOfACompanyOneIsAsked(t *testing.T) {
	f := frameOf(12)
	for i := range f.Customers {
		f.Customers[i].Firm = fmt.Sprint("firm", i/4)
	}
	d := Draw(f)
	if d.Day.Frame != 3 || d.taken(behold.StreamLevel) != 3 {
		t.Fatalf("of three companies of four, %d are asked", d.taken(behold.StreamLevel))
	}
	met := map[string]bool{}
	for _, a := range d.Askings {
		switch {
		case a.Drawn && met[a.Firm]:
			t.Errorf("two of %s", a.Firm)
		case a.Drawn && a.Pi != 0.25:
			t.Errorf("π = %v, want a quarter", a.Pi)
		case !a.Drawn && (a.Why != behold.AskFirm || a.Until != today+1):
			t.Errorf("%+v", a)
		}
		met[a.Firm] = met[a.Firm] || a.Drawn
	}
}

// Every stratum is asked at least once a week, and in the long run as Neyman says.
func TestEveryStratumWithinAWeek(t *testing.T) {
	f := frameOf(270)
	asked := map[string]behold.Day{}
	for range 60 {
		d := Draw(f)
		for _, h := range d.Day.Strata {
			if h.Taken > h.Eligible {
				t.Fatalf("%+v", h)
			}
			if h.Taken > 0 {
				asked[h.Stratum] = f.Day
			}
			if f.Day > today+6 && h.Eligible > 0 && f.Day-asked[h.Stratum] >= week {
				t.Errorf("%s: nobody was asked from %v to %v", h.Stratum, asked[h.Stratum], f.Day)
			}
		}
		f.Before, f.Days = append(f.Before, d.invites()...), append(f.Days, d.Day)
		f.Day++
	}
	last := map[string]behold.Day{}
	for _, v := range f.Before {
		if was, met := last[v.Customer]; met && v.Day-was < 90 {
			t.Errorf("%s was asked on %v and %v", v.Customer, was, v.Day)
		}
		last[v.Customer] = v.Day
	}
	if len(f.Before) != 180 {
		t.Errorf("%d were asked in 60 days", len(f.Before))
	}
}

func TestStreamsAreKeptApart(t *testing.T) {
	f := frameOf(40)
	f.Rules.EventsDaily = 2
	for i := range 6 {
		f.Events = append(f.Events, behold.AskEvent{Customer: int32(i), Touchpoint: "delivery", About: fmt.Sprint("F-", i), On: today - 2})
	}
	f.Events = append(f.Events, behold.AskEvent{Customer: 9, Touchpoint: "billing", About: "F-9", On: today - 2})
	f.Customers[20].State = behold.Lost
	f.Lost = []Call{{"k-1020", "loss"}, {"nobody", "loss"}}
	f.Again = []Call{{"K-1021", "case-1"}}
	f.Before = []behold.Invite{{Day: today - 3, Stream: behold.StreamLevel, Customer: "K-1021", Firm: "firm21", Answered: today - 2, State: behold.InviteSent}}
	d := Draw(f)
	if n := d.taken(behold.StreamEvent); n != 2 {
		t.Errorf("%d are asked about deliveries", n)
	}
	for _, a := range d.Askings {
		if a.Stream == behold.StreamEvent && a.Why == behold.AskLot && math.Abs(a.Pi-2.0/6) > 0.15 {
			t.Errorf("%+v", a)
		}
		if a.Stream == behold.StreamEvent && a.Touchpoint != "delivery" {
			t.Errorf("nobody asks about %s", a.Touchpoint)
		}
	}
	if a := d.of("K-1020", behold.StreamLost); !a.Drawn || a.Pi != 1 {
		t.Errorf("who has left: %+v", a)
	}
	if a := d.of("K-1021", behold.StreamAgain); !a.Drawn || a.About != "case-1" {
		t.Errorf("whose case was dealt with: %+v", a)
	}
	if a := d.of("K-1021", behold.StreamLevel); a.Drawn || a.Why != behold.AskResting {
		t.Errorf("and is asked twice: %+v", a)
	}
	f.Before = append(f.Before, d.invites()...)
	f.Day++
	d = Draw(f)
	if a := d.of("K-1021", behold.StreamAgain); a.Drawn || a.Why != behold.AskOnce {
		t.Errorf("and again the next day: %+v", a)
	}
	if a := d.of("K-1020", behold.StreamLost); a.Drawn {
		t.Errorf("and again the next day: %+v", a)
	}
}

// Of those who have left in Denmark only who consented gets a letter, as marketing; a
// colleague may call the others.
func TestLostInDenmark(t *testing.T) {
	f := frameOf(3)
	for i := range f.Customers {
		c := &f.Customers[i]
		c.State, c.Country, c.Last = behold.Lost, "DK", today-400
		f.Lost = append(f.Lost, Call{c.ID, "left"})
	}
	f.Customers[0].Consent = true
	f.Customers[2].OptOut = true
	d := Draw(f)
	if a := d.of("K-1000", behold.StreamLost); !a.Drawn || !a.Marketing || a.CallInstead() {
		t.Errorf("with consent: %+v", a)
	}
	if a := d.of("K-1001", behold.StreamLost); a.Why != behold.AskNotNear || !a.CallInstead() {
		t.Errorf("without: %+v", a)
	}
	if a := d.of("K-1002", behold.StreamLost); a.Why != behold.AskObjected || a.CallInstead() {
		t.Errorf("who wants no questions is not called either: %+v", a)
	}
}

// The log of a day is enough to draw it again: the same seed takes the same
// customers, and the chances of a stratum add up to those taken of it.
func TestTheLogIsEnough(t *testing.T) {
	f := frameOf(300)
	d := Draw(f)
	again := frameOf(300)
	again.Seed = d.Day.Seed
	redrawn := Draw(again)
	sum := map[string]float64{}
	for i, a := range d.Askings {
		if b := redrawn.Askings[i]; a.Drawn != b.Drawn || a.Pi != b.Pi || a.Lot != b.Lot {
			t.Errorf("%+v, again %+v", a, b)
		}
		if a.Drawn || a.Why == behold.AskLot {
			sum[a.Stratum] += a.Pi
		}
	}
	for _, h := range d.Day.Strata {
		if math.Abs(sum[h.Stratum]-float64(h.Taken)) > 1e-9 {
			t.Errorf("the chances of %s add up to %v, %d were taken", h.Stratum, sum[h.Stratum], h.Taken)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, n := range []int{80, 800_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			f := frameOf(n)
			for b.Loop() {
				Draw(f)
			}
		})
	}
}

// The total over all customers, of those who were drawn on one day, each over their
// chance, is right on average (Horvitz and Thompson); so is that of a whole window
// with its rests, each over π = 1 − Π(1 − π_d).
func TestTotalsAreRight(t *testing.T) {
	y := func(c *behold.Askable) float64 { // goes with everything that strata are made of
		v := math.Log(float64(c.Value)+1) + float64(c.Number%7)
		if c.State == behold.Quiet {
			v += 5
		}
		return v
	}
	t.Run("a day", func(t *testing.T) {
		f := frameOf(200)
		for i := range f.Customers {
			f.Customers[i].Firm = fmt.Sprint("firm", i/2%70) // some stand together
		}
		want := 0.0
		for i := range f.Customers {
			want += y(&f.Customers[i])
		}
		f.Rules.Daily = 40 // so that no stratum is left out
		totals := repeat(600, func(seed uint64) float64 {
			f.Seed = seed
			total := 0.0
			d := Draw(f)
			for _, a := range d.Askings {
				if a.Drawn {
					total += y(&f.Customers[a.Number]) / a.Pi
				}
			}
			return total
		})
		isMean(t, totals, want)
	})
	t.Run("a window", func(t *testing.T) {
		const days = 20
		base := frameOf(100)
		want := 0.0
		for i := range base.Customers {
			want += y(&base.Customers[i])
		}
		totals := repeat(200, func(seed uint64) float64 {
			f := *base
			f.Seed, f.Before, f.Days = seed, nil, nil
			for range days {
				d := Draw(&f)
				f.Before, f.Days = append(f.Before, d.invites()...), append(f.Days, d.Day)
				f.Day++
			}
			total := 0.0
			for _, v := range f.Before {
				total += y(&f.Customers[v.Number]) / behold.WindowChance(f.Days, v.Stratum)
			}
			return total
		})
		isMean(t, totals, want)
	})
}

func repeat(times int, once func(seed uint64) float64) []float64 {
	all := make([]float64, times)
	for i := range all {
		all[i] = once(uint64(i + 1))
	}
	return all
}

// isMean wants the mean within three standard errors, and those small enough to say
// something.
func isMean(t *testing.T, all []float64, want float64) {
	t.Helper()
	sum, squares := 0.0, 0.0
	for _, x := range all {
		sum += x
		squares += x * x
	}
	n := float64(len(all))
	mean := sum / n
	se := math.Sqrt((squares/n - mean*mean) / n)
	t.Logf("mean %.1f ± %.1f, want %.1f", mean, se, want)
	if math.Abs(mean-want) > 3*se || se > want/50 {
		t.Errorf("mean %.1f ± %.1f, want %.1f", mean, se, want)
	}
}

func TestSpread(t *testing.T) {
	var invites []behold.Invite
	var replies []behold.Reply
	for i := range 20 {
		invites = append(invites, behold.Invite{ID: int64(i), Stream: behold.StreamLevel, Stratum: []string{"a", "b"}[i%2]})
		replies = append(replies, behold.Reply{Invite: int64(i), Item: "satisfaction", Value: float64(4 + i%2), Scale: 5})
	}
	invites = append(invites, behold.Invite{ID: 90, Stream: behold.StreamEvent, Stratum: "c"}, behold.Invite{ID: 91, Stream: behold.StreamLevel, Stratum: "d"})
	replies = append(replies, behold.Reply{Invite: 91, Item: "satisfaction", Value: 5, Scale: 5})
	got := SpreadOf(invites, replies)
	if len(got) != 2 || math.Abs(got["a"]-math.Sqrt(1.0/12*11/12)) > 1e-12 || math.Abs(got["a"]-got["b"]) > 1e-12 {
		t.Errorf("%v", got)
	}
}
