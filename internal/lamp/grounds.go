package lamp

import (
	"math"
	"slices"

	"behold"
	"behold/stat"
)

// Reasons answers: why may this customer leave, or why did they?
//
// Input: in as for Judge; views are the same customers as of the days to look at
// (H, Deals and F of each), the latest first: today for customers who are still
// there, the months up to about the day they were missed for the others, since a
// ticket that was answered late is forgotten by then.
//
// Method: what somebody said comes first, the customer before a colleague (table
// losses), then a remark that text is sure of. The rest is inferred: with a prior
// π over the 20 reasons and unknown (0.5 each and the company's own said reasons,
// Dirichlet),
//
//	ln P(r | records) = ln π_r + Σ_l ln LR_l,r + const
//
// over the lamps l that have data. trace[r][l] = q is how often a customer who
// leaves for r shows in l. A statistical lamp, lit or not, gives
// LR = q·f(p) + 1 − q with f(p) = c·p^(c−1), the density of p when something is
// wrong, c smaller the clearer the lamp sees it (clarity), where p is the smallest p* of the lamp's tests, for as many (Šidák); an event lamp gives q/q₀ when it is lit and (1−q)/(1−q₀) when it is not,
// q₀ being how often it is lit without that reason. Low marks for single wishes
// and what customers write count too.
//
// Output: one Grounds a customer, in order. Main is the likeliest reason of the
// likeliest family, if the customer's own records speak for it: they must make it
// speaksFor times as likely, against unknown, as it was without them. Else Main is
// unknown, however often others gave that reason: who has only fallen silent was
// not badly served for all we know.
//
// Caveats: the table of traces is a judgement; chances are not calibrated until
// the company has said reasons to hold them against (report reasons shows how
// often inferred and said agree).
//
// Source: METHODS 4; TestLampsOfTheInventedShop in cmd/behold.
func Reasons(in Company, views []Past) []behold.Grounds {
	const block = 1024
	n := views[0].H.Len()
	all := make([]behold.Grounds, n)
	stat.Blocks(n, block, func(lo, hi int) {
		r := newReasoner(&in, views)
		for k := lo; k < hi; k++ {
			all[k] = r.ask(k)
		}
	})
	return all
}

// recently is how far back what was said and marked still counts, in days.
const recently = 270

// A reasoner weighs one customer after another.
type reasoner struct {
	views   []view // the latest first
	reasons []behold.Reason
	prior   []float64 // ln π
	known   []Rule    // lamps that have data
	score   []float64
	spoken  []float64 // ln of what the customer's records say for each reason, against unknown

	small map[behold.LampKind]smallest
	lit   map[behold.LampKind]behold.Lamp
}

// A view is the customers as of one day: one desk names lamps, the other tells
// their p values.
type view struct {
	name, weigh *desk
	f           []behold.Forecast
}

// smallest is the least p* of a lamp's tests as of one day.
type smallest struct {
	p     float64
	tests int
}

// joined is how unusual the smallest of so many is (Šidák).
func (s smallest) joined() float64 { return 1 - math.Pow(1-s.p, float64(s.tests)) }

func newReasoner(in *Company, views []Past) *reasoner {
	r := &reasoner{reasons: behold.Reasons(), small: map[behold.LampKind]smallest{}, lit: map[behold.LampKind]behold.Lamp{}}
	for i := range views {
		v := view{name: newDesk(in, views[i].H, views[i].Deals), weigh: newDesk(in, views[i].H, views[i].Deals), f: views[i].F}
		r.views = append(r.views, v)
	}
	for _, rule := range Rules() {
		if in.feeds(&rule) {
			r.known = append(r.known, rule)
		}
	}
	r.prior = priorOf(r.reasons, r.views[0].name.deals)
	r.score, r.spoken = make([]float64, len(r.reasons)), make([]float64, len(r.reasons))
	return r
}

// look gathers what the lamps have to say of customer k, as of every day.
func (r *reasoner) look(k int) {
	clear(r.small)
	clear(r.lit)
	for _, v := range r.views {
		v.name.sit(k, &v.f[k])
		for _, l := range v.name.judge(nil) {
			if _, met := r.lit[l.Kind]; !met {
				r.lit[l.Kind] = l
			}
		}
		now := map[behold.LampKind]smallest{}
		v.weigh.trial = func(kind behold.LampKind, p, _ float64) {
			s := now[kind]
			if star := v.weigh.in.Calibration.Star(kind, v.weigh.class, p); s.tests == 0 || star < s.p {
				s.p = star
			}
			s.tests++
			now[kind] = s
		}
		v.weigh.sit(k, &v.f[k])
		v.weigh.judge(nil)
		for kind, s := range now {
			if before, met := r.small[kind]; !met || s.joined() < before.joined() {
				r.small[kind] = s
			}
		}
	}
}

// priorOf is 0.5 for each reason and what the company's own customers said; what
// colleagues said counts half.
func priorOf(reasons []behold.Reason, deals *behold.Dealings) []float64 {
	said := map[behold.Reason]float64{}
	for _, l := range deals.Losses.All {
		if l.ByCustomer {
			said[l.Reason]++
		} else {
			said[l.Reason] += 0.5
		}
	}
	prior := make([]float64, len(reasons))
	for i, r := range reasons {
		prior[i] = math.Log(0.5 + said[r])
		if r == behold.UnknownReason { // that nobody knows is no reason
			prior[i] = math.Log(0.5)
		}
	}
	return prior
}

func (r *reasoner) ask(k int) behold.Grounds {
	r.look(k)
	d := r.views[0].name
	g := behold.Grounds{Customer: d.h.Customer[k], Main: behold.UnknownReason, Silent: !d.spoke()}
	r.infer()
	g.Likely = r.likely()
	g.Main, g.Chance, g.Family = r.main()
	if g.Main != behold.UnknownReason {
		g.Source = behold.Inferred
	}
	Say(&g, d.deals, k)
	return g
}

// Say puts what somebody said about customer k by deals.AsOf before what was
// inferred.
func Say(g *behold.Grounds, deals *behold.Dealings, k int) {
	if said, by := saidOf(deals, k); by != behold.NoSource {
		g.Main, g.Source, g.Chance, g.Family = said, by, 1, 1
	}
}

// saidOf is what somebody said, the most trusted first.
func saidOf(deals *behold.Dealings, k int) (behold.Reason, behold.Source) {
	var p behold.Profile
	if len(deals.Profile) > 0 {
		p = deals.Profile[k]
	}
	if len(deals.Profile) > 0 && p.Closed.Known() && p.ClosedReason != "" && p.ClosedReason != behold.UnknownReason {
		return p.ClosedReason, behold.SaidByColleague
	}
	said, by := behold.UnknownReason, behold.NoSource
	for _, l := range deals.Losses.Of(k) {
		if l.Reason == "" || l.Reason == behold.UnknownReason || l.WonBack.Known() {
			continue
		}
		if l.ByCustomer {
			said, by = l.Reason, behold.SaidByCustomer
		} else if by != behold.SaidByCustomer {
			said, by = l.Reason, behold.SaidByColleague
		}
	}
	if by != behold.NoSource {
		return said, by
	}
	for _, m := range slices.Backward(deals.Remarks.Of(k)) {
		if m.At.Day() > deals.AsOf-recently && m.Leaving >= 0.5 && m.Sure >= 0.7 && m.Reason != "" && m.Reason != behold.UnknownReason {
			return m.Reason, behold.ReadInText
		}
	}
	return said, by
}

// spoke says whether the customer was in touch of late, other than by buying.
func (d *desk) spoke() bool {
	const late = 180
	for _, c := range slices.Backward(d.deals.Contacts.Of(d.k)) {
		if c.In && c.At.Day() > d.day-late {
			return true
		}
	}
	for _, t := range slices.Backward(d.deals.Tickets.Of(d.k)) {
		if t.Opened.Day() > d.day-late {
			return true
		}
	}
	for _, a := range slices.Backward(d.deals.Answers.Of(d.k)) {
		if a.At > d.day-late {
			return true
		}
	}
	return false
}

// infer puts ln P of every reason, up to a constant, on the scores.
func (r *reasoner) infer() {
	copy(r.score, r.prior)
	for _, rule := range r.known {
		l, lit := r.lit[rule.Kind]
		s := r.small[rule.Kind]
		if lit && s.tests == 0 {
			s = smallest{l.PStar, 1}
		}
		p, usual := max(s.joined(), 1e-4), r.views[0].name.in.usualTrace(rule.Kind)
		happened, clear := lit && l.P == 0, clarity(rule.Kind)
		for i, reason := range r.reasons {
			q := max(traceOf(reason, rule.Kind), usual)
			switch {
			case happened:
				r.score[i] += math.Log(q / usual)
			case s.tests > 0:
				r.score[i] += math.Log(q*clear*math.Pow(p, clear-1) + 1 - q)
			case hasToHappen(rule.Kind):
				r.score[i] += math.Log(1 - 0.8*q)
			}
			if rule.Evidence == Event && !happened {
				r.score[i] += math.Log((1 - q) / (1 - usual))
			}
		}
		if lit && l.Reason != rule.Reason && l.Reason != behold.UnknownReason {
			r.add(l.Reason, math.Log(3))
		}
	}
	r.marks()
	r.remarks()
	unknown := slices.Index(r.reasons, behold.UnknownReason)
	for i := range r.spoken {
		r.spoken[i] = r.score[i] - r.prior[i] - (r.score[unknown] - r.prior[unknown])
	}
}

// speaksFor is how many times as likely records must make a reason.
const speaksFor = 1.25

// hasToHappen says of a lamp that where it had nothing to test, nothing happened
// that it could be about: who never asked was never answered late.
func hasToHappen(kind behold.LampKind) bool {
	switch kind {
	case behold.LampSlow, behold.LampPromise, behold.LampReturns, behold.LampQuote, behold.LampTone:
		return true
	}
	return false
}

// usualTrace is how often the lamp is lit without that reason: among the company's
// own customers who stayed, where that is known.
func (in *Company) usualTrace(kind behold.LampKind) float64 {
	if r := in.Calibration.replayed(kind); r != nil && r.Usual > 0 {
		return min(max(r.Usual, 0.005), 0.5)
	}
	return usualTrace(kind)
}

func (r *reasoner) add(reason behold.Reason, log float64) {
	if i := slices.Index(r.reasons, reason); i >= 0 {
		r.score[i] += log
	}
}

// marks counts what was marked low for single wishes of late, each item once.
func (r *reasoner) marks() {
	d := r.views[0].name
	lowest := map[string]float64{}
	for _, a := range d.deals.Answers.Of(d.k) {
		if a.At <= d.day-recently || math.IsNaN(a.Value) {
			continue
		}
		if share := a.Value / scaleOf(&a); share <= 0.6 {
			if before, met := lowest[a.Item]; !met || share < before {
				lowest[a.Item] = share
			}
		}
	}
	for _, item := range slices.Sorted(mapKeys(lowest)) {
		for _, reason := range meantBy(item) {
			r.add(reason, 1+2*(0.6-lowest[item]))
		}
	}
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// scaleOf is the best value of an answer: what the file says, else what its item
// is usually asked on.
func scaleOf(a *behold.Answer) float64 {
	switch {
	case a.Scale > 0:
		return a.Scale
	case a.Item == "recommend":
		return 10
	case a.Item == "effort":
		return 7
	}
	return 5
}

// meantBy are the reasons that a low mark for one of the nine wishes points to.
func meantBy(item string) []behold.Reason {
	switch item {
	case "easy", "simple", "effort":
		return []behold.Reason{behold.HardToDealWith, behold.DigitalFell}
	case "safe":
		return []behold.Reason{behold.BrokenPromise, behold.Misleading, behold.Values}
	case "flexible":
		return []behold.Reason{behold.HardToDealWith, behold.NeedsUnderstood}
	case "accommodating":
		return []behold.Reason{behold.PoorService, behold.Overlooked, behold.TreatedWorse}
	case "understanding":
		return []behold.Reason{behold.NeedsUnderstood, behold.Overlooked}
	case "professional":
		return []behold.Reason{behold.PoorService, behold.BrokenPromise}
	case "fast":
		return []behold.Reason{behold.SlowResponse, behold.DigitalFell}
	case "results":
		return []behold.Reason{behold.Quality}
	}
	return nil
}

// remarks counts what the customer wrote of late, as far as text was sure of it.
func (r *reasoner) remarks() {
	d := r.views[0].name
	for _, m := range d.deals.Remarks.Of(d.k) {
		if m.At.Day() > d.day-recently && m.Reason != "" && m.Reason != behold.UnknownReason && m.Sure > 0 {
			sure := min(m.Sure, 0.9)
			r.add(m.Reason, math.Log(1+6*sure/(1-sure)/3))
		}
	}
}

// likely are the three likeliest reasons, unknown among them.
func (r *reasoner) likely() []behold.ReasonChance {
	most := slices.Max(r.score)
	sum := 0.0
	for i := range r.score {
		r.score[i] = math.Exp(r.score[i] - most)
		sum += r.score[i]
	}
	all := make([]behold.ReasonChance, len(r.reasons))
	for i, reason := range r.reasons {
		r.score[i] /= sum
		all[i] = behold.ReasonChance{Reason: reason, Chance: r.score[i]}
	}
	slices.SortStableFunc(all, func(a, b behold.ReasonChance) int {
		switch {
		case a.Chance > b.Chance:
			return -1
		case a.Chance < b.Chance:
			return 1
		}
		return 0
	})
	return slices.Clip(all[:3])
}

// main is the likeliest reason of the likeliest family, or unknown where nothing
// speaks for it.
func (r *reasoner) main() (behold.Reason, float64, float64) {
	families := map[behold.Family]float64{}
	for i, reason := range r.reasons {
		families[reason.Family()] += r.score[i]
	}
	best, chance := behold.UnknownReason, 0.0
	most := 0.0
	for _, sum := range families {
		most = max(most, sum)
	}
	at := -1
	for i, reason := range r.reasons {
		if families[reason.Family()] == most && r.score[i] > chance {
			best, chance, at = reason, r.score[i], i
		}
	}
	if at >= 0 && r.spoken[at] < math.Log(speaksFor) {
		best = behold.UnknownReason
		chance, most = r.score[slices.Index(r.reasons, best)], families[best.Family()]
	}
	return best, chance, most
}
