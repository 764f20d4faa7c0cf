package sample

import (
	"strings"
	"testing"
	"time"

	"behold"
)

// acts calls do for each row of a block, with the customer's day on it, by what it is.
func (b *Block) acts(do func(l *life, what string, day behold.Day)) {
	byNumber := map[int64]*life{}
	for _, l := range b.lives {
		byNumber[l.number] = l
	}
	for i := range b.lines {
		do(byNumber[b.lines[i].customer], "order", b.lines[i].at.day())
	}
	for _, c := range b.contacts {
		do(c.life, "contact", c.at.day())
	}
	for _, x := range b.tickets {
		do(x.life, "ticket", x.at.day())
	}
	for _, p := range b.promises {
		do(p.life, "promise", p.made)
	}
	for _, a := range b.answers {
		do(a.life, "answer", a.given)
	}
	for _, q := range b.quotes {
		do(q.life, "quote", q.at)
		if q.won.Known() {
			do(q.life, "won quote", q.won)
		}
	}
	for _, p := range b.people {
		if p.number > 1 {
			do(p.life, "person", p.from)
		}
	}
	for _, c := range b.contracts {
		do(c.life, "contract", c.starts)
	}
}

func TestNothingHappensAfterLeaving(t *testing.T) {
	seen := map[string]int{}
	visit(t, Options{Customers: 1500, Seed: 11, Until: until}, func(b *Block) {
		b.acts(func(l *life, what string, day behold.Day) {
			seen[what]++
			if day > l.end || day > until || l.left.Known() && day > l.left {
				t.Fatalf("%s: %s on %v, left on %v", l.id(), what, day, l.left)
			}
			if day < l.start && what != "contract" && what != "person" {
				t.Fatalf("%s: %s on %v, before %v", l.id(), what, day, l.start)
			}
		})
	})
	if len(seen) != 9 {
		t.Errorf("only these happened: %v", seen)
	}
}

func TestWhatHappenedIsNotLaterThanTheLastDay(t *testing.T) {
	check := func(what string, day behold.Day) {
		if day.Known() && day > until {
			t.Errorf("%s on %v", what, day)
		}
	}
	visit(t, Options{Customers: 1500, Seed: 12, Until: until}, func(b *Block) {
		for i := range b.lines {
			check("delivered", b.lines[i].delivered)
		}
		for _, v := range b.invoices {
			check("paid", v.paid)
		}
		for _, x := range b.tickets {
			check("replied", x.replied.day())
			check("closed", x.closed.day())
		}
		for _, c := range b.contacts {
			check("replied", c.repliedAt.day())
		}
		for _, p := range b.promises {
			check("kept", p.kept)
		}
		for _, p := range b.people {
			check("person", p.to)
		}
		for _, c := range b.contracts {
			check("ended", c.ended)
		}
		for _, c := range b.Customers() {
			check("since", c.Since)
			check("closed", c.ClosedOn)
		}
		for _, x := range b.Truth() {
			check("left", x.LeftOn)
			check("since", x.Since)
		}
	})
}

func TestTruthIsConsistent(t *testing.T) {
	left, untraced, years := 0, 0, 0.0
	visit(t, Options{Customers: 6000, Seed: 13, Until: until, OrdersPerYear: 2}, func(b *Block) {
		for i, x := range b.Truth() {
			l := b.lives[i]
			years += float64(l.end-l.start) / 365
			if x.Since.Known() && x.Reason == "" || x.LeftOn.Known() && x.Reason == "" {
				t.Fatalf("%s has no reason: %+v", x.Customer, x)
			}
			if x.Since.Known() && (x.Since < l.start || x.Since > l.end || x.LeftOn.Known() && x.Since >= x.LeftOn) {
				t.Fatalf("%s: %+v, came %v", x.Customer, x, l.start)
			}
			if x.LeftOn.Known() {
				left++
				if !x.Since.Known() {
					untraced++
				}
			}
		}
	})
	if rate := float64(left) / years; rate < 0.13 || rate > 0.18 {
		t.Errorf("%.3f of the customers leave in a year, want about 0.15", rate)
	}
	if share := float64(untraced) / float64(left); share < 0.09 || share > 0.15 {
		t.Errorf("%.3f of the leavers leave no trace, want about 0.12", share)
	}
}

func TestIntroCustomersGoAfterThePriceStep(t *testing.T) {
	seen := 0
	visit(t, Options{Customers: 3000, Seed: 14, Until: until, OrdersPerYear: 5}, func(b *Block) {
		files := b.Customers()
		for i, l := range b.lives {
			if l.truth.Reason != behold.IntroOffer || !l.left.Known() {
				continue
			}
			seen++
			if files[i].AcquiredOffer == "" || l.left <= l.introUntil || l.left > l.introUntil+60 {
				t.Errorf("%s: offer %q until %v, left on %v", l.id(), files[i].AcquiredOffer, l.introUntil, l.left)
			}
		}
	})
	if seen < 20 {
		t.Errorf("only %d came for the offer", seen)
	}
}

func TestRegisterSaysWhoClosedAndMoved(t *testing.T) {
	said, gone := 0, 0
	visit(t, Options{Customers: 3000, Seed: 15, Until: until, OrdersPerYear: 2}, func(b *Block) {
		for i, c := range b.Customers() {
			x := b.lives[i].truth
			unavoidable := x.Reason.Family() == behold.FamilyUnavoidable && x.LeftOn.Known()
			if unavoidable {
				gone++
			}
			if c.ClosedOn.Known() {
				said++
				if !unavoidable || c.ClosedOn <= x.LeftOn || (c.ClosedReason == "moved") != (x.Reason == behold.Moved) {
					t.Errorf("%s closed on %v (%s), in truth %+v", c.ID, c.ClosedOn, c.ClosedReason, x)
				}
			}
		}
	})
	if share := float64(said) / float64(gone); share < 0.65 || share > 0.9 {
		t.Errorf("the register knows %d of %d", said, gone)
	}
}

func TestSeasonsShow(t *testing.T) {
	var july, october [seasons]float64
	visit(t, Options{Customers: 1500, Seed: 16, Until: until}, func(b *Block) {
		for _, l := range b.lives {
			span{b, l, l.start, until}.lines(func(r *line) {
				if r.creditOf != 0 || r.number != 1 {
					return
				}
				date := r.at.day().Time()
				_, week := date.ISOWeek()
				if date.Month() == time.December && date.Day() >= 24 {
					t.Errorf("order on %v", r.at.day())
				}
				switch {
				case week >= 28 && week <= 30:
					july[l.trade.season]++
				case week >= 39 && week <= 41:
					october[l.trade.season]++
				}
			})
		}
	})
	if july[ordinary] > 0.15*october[ordinary] || july[summer] < 1.5*october[summer] {
		t.Errorf("orders in three weeks of July %v, of October %v (ordinary, summer)", july, october)
	}
}

// Customers who stay throughout order as often as asked for, about their own
// rhythm, and the regular ones more evenly than the others.
func TestRhythmIsTheOneGiven(t *testing.T) {
	even := map[float64]*tally{}
	var ratio tally
	visit(t, Options{Customers: 2500, Seed: 17, Until: until}, func(b *Block) {
		for _, l := range b.lives {
			if len(l.episodes) > 0 || l.left.Known() || l.start > b.shop.calendar.first || l.gap > 25 {
				continue
			}
			var u []float64
			span{b, l, l.start, until + 1}.lines(func(r *line) {
				if r.creditOf == 0 && r.number == 1 {
					u = append(u, b.shop.calendar.passedBefore(l.trade.season, r.at.day()))
				}
			})
			var gaps, squares tally
			for i := 1; i < len(u); i++ {
				gaps.add(u[i] - u[i-1])
				squares.add((u[i] - u[i-1]) * (u[i] - u[i-1]))
			}
			ratio.add(gaps.mean() / l.gap)
			if even[l.regularity] == nil {
				even[l.regularity] = new(tally)
			}
			even[l.regularity].add(squares.mean()/(gaps.mean()*gaps.mean()) - 1)
		}
	})
	if m := ratio.mean(); m < 0.97 || m > 1.06 {
		t.Errorf("gaps are %.3f of what they should be, in the mean", m)
	}
	for k, cv := range even {
		if want := 1 / k; cv.mean() < 0.7*want || cv.mean() > 1.3*want+0.03 {
			t.Errorf("regularity %g: squared variation %.3f over %g customers, want %.3f", k, cv.mean(), cv.n, want)
		}
	}
}

func TestTruthsAreThoseOfTheBlocks(t *testing.T) {
	opt := Options{Customers: 500, Seed: 18, Until: until, OrdersPerYear: 3}
	var blocks []Truth
	visit(t, opt, func(b *Block) { blocks = append(blocks, b.Truth()...) })
	at := 0
	for x, err := range Truths(t.Context(), opt) {
		if err != nil || x != blocks[at] {
			t.Fatalf("customer %d: %+v, %v; in its block %+v", at, x, err, blocks[at])
		}
		at++
	}
	if at != 500 {
		t.Errorf("%d truths of 500", at)
	}
	for range Truths(t.Context(), opt) {
		break // must not go on, nor hang
	}
	for _, err := range Truths(t.Context(), Options{}) {
		if behold.KindOf(err) != behold.Invalid {
			t.Errorf("a shop without customers: %v", err)
		}
	}
}

// Another company: nobody leaves, nothing looks like it, and July is as any month.
func TestOtherCompaniesCanBeInvented(t *testing.T) {
	july, october := 0.0, 0.0
	visit(t, Options{Customers: 600, Seed: 22, Until: until, Leaving: -1, Innocent: -1, Steady: true}, func(b *Block) {
		for i, x := range b.Truth() {
			if x.LeftOn.Known() || x.Since.Known() || x.Reason != "" || len(b.lives[i].episodes) > 0 {
				t.Fatalf("%+v in a company that nobody leaves", x)
			}
		}
		for i := range b.lines {
			switch b.lines[i].at.day().Time().Month() {
			case time.July:
				july++
			case time.October:
				october++
			}
		}
	})
	if july < 0.85*october || july > 1.15*october {
		t.Errorf("%g lines in July, %g in October", july, october)
	}
	left := func(rate float64) (n float64) {
		for x, err := range Truths(t.Context(), Options{Customers: 1500, Seed: 23, Until: until, Leaving: rate}) {
			if err != nil {
				t.Fatal(err)
			}
			if x.LeftOn.Known() {
				n++
			}
		}
		return n
	}
	if usual, twice := left(0), left(0.34); twice < 1.4*usual {
		t.Errorf("%g left, %g when they leave twice as soon", usual, twice)
	}
}

// Some who stay look as if they were leaving; nobody could tell from one table.
func TestInnocentEpisodesPass(t *testing.T) {
	var looks tally
	visit(t, Options{Customers: 2000, Seed: 19, Until: until, OrdersPerYear: 2}, func(b *Block) {
		for _, l := range b.lives {
			if l.truth.Reason != "" || l.start > b.shop.calendar.first {
				continue
			}
			looks.yes(len(l.episodes) > 0)
			for _, e := range l.episodes {
				if e.strength > 0.6 || e.to-e.from > 110 {
					t.Errorf("%s: %+v is not innocent", l.id(), e)
				}
			}
		}
	})
	if looks.mean() < 0.25 || looks.mean() > 0.55 {
		t.Errorf("%.2f of those who stayed three years had an innocent episode", looks.mean())
	}
}

// Nobody real can be written to, called or looked up.
func TestNobodyIsReal(t *testing.T) {
	visit(t, Options{Customers: 1000, Seed: 20, Until: until, OrdersPerYear: 1}, func(b *Block) {
		for _, c := range b.Customers() {
			if !strings.HasSuffix(c.Email, "@example.com") || !strings.HasSuffix(c.Colleague, "@example.com") ||
				!strings.HasPrefix(c.Phone, "+45 00") || c.Kind == "company" && !strings.HasPrefix(c.RegistrationNo, "0") || c.Name == "" {
				t.Fatalf("%+v could be real", c)
			}
			if strings.ContainsAny(c.Email+c.Colleague, "æøåÆØÅ ") {
				t.Fatalf("%q or %q is no address", c.Email, c.Colleague)
			}
		}
	})
}
