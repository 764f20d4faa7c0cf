package lamp

import (
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"behold"
)

// A Loss is a customer who left: what was said about why, and what the records
// point to.
type Loss struct {
	Customer int32
	Said     behold.Reason // UnknownReason or "": nobody said
	By       behold.Source // who said it; NoSource: nobody
	Inferred behold.Reason // from the records alone, as if nobody had said anything
	Silent   bool
	Yearly   float64 // what they bought in the year up to their last purchase, major units
}

// said says whether anybody named a reason.
func (l *Loss) said() bool {
	return l.By != behold.NoSource && l.Said != behold.UnknownReason && l.Said != ""
}

// LossReasons is why customers left, in customers and in money.
type LossReasons struct {
	Part
	Said      ReasonTable           `json:"said"`     // of those for whom somebody named a reason
	SaidBy    map[behold.Source]int `json:"said_by"`  // how many of them, by who named it
	Inferred  ReasonTable           `json:"inferred"` // of all
	Agreement Agreement             `json:"agreement"`
	Families  Agreement             `json:"agreement_of_families"`
	Silent    Part                  `json:"silent"` // left without having complained, called or answered
	Repeated  []Claim               `json:"widely_repeated_without_known_study"`
}

// A Part is some of the lost customers. Shares are null below 20 customers in all.
type Part struct {
	Customers int      `json:"customers"`
	Share     *float64 `json:"share,omitempty"` // of the customers
	Low       *float64 `json:"share_low,omitempty"`
	High      *float64 `json:"share_high,omitempty"`
	Money     float64  `json:"money_a_year"` // what they bought in their last year
	OfMoney   *float64 `json:"share_of_money,omitempty"`
}

// A ReasonTable divides lost customers by reason and by family.
type ReasonTable struct {
	Part
	Reasons     []ReasonPart `json:"reasons"`  // in the order of METHODS 4
	Families    []FamilyPart `json:"families"` // in the same order
	Avoidable   Part         `json:"avoidable"`
	Unavoidable Part         `json:"unavoidable"`
	Unknown     Part         `json:"unknown"`
}

// A ReasonPart is those who left for one reason.
type ReasonPart struct {
	Reason behold.Reason `json:"reason"`
	Family behold.Family `json:"family"`
	Part
}

// A FamilyPart is those who left for a reason of one family.
type FamilyPart struct {
	Family    behold.Family `json:"family"`
	Avoidable bool          `json:"avoidable"`
	Part
}

// An Agreement says how often the records point to what somebody said.
type Agreement struct {
	Customers int      `json:"customers"` // of whom both are known
	Same      int      `json:"same"`
	Kappa     *float64 `json:"kappa"` // 1: always, 0: as often as by chance; null below 20 customers
	Low       *float64 `json:"kappa_low"`
	High      *float64 `json:"kappa_high"`
}

// A Claim is a share that is often repeated, and that nobody can trace to a study.
type Claim struct {
	Reason behold.Reason `json:"reason"`
	Share  float64       `json:"share"`
}

// leastShares is how many losses there must be for shares to be told (METHODS 9.2).
const leastShares = 20

// TellLosses answers: why did our customers leave, and could we have helped it?
//
// Input: one Loss for each customer who left, in any order.
//
// Method: over the 20 reasons and unknown a Dirichlet prior with ½ for each; the
// share of a reason with k of n customers is Beta(k + ½, n − k + ½·(K − 1)), of a
// family or of all that was avoidable the sum of its reasons. Unknown is not among
// what was said, so that K is 20 there and 21 of what is inferred. Agreement is
// Cohen's kappa with the large-sample error of Fleiss, Cohen and Everitt (1969),
// over those of whom a customer or colleague said why (what a text was read to
// say is inferred as well) and the records point to anything.
//
// Output: shares are means of that posterior, with their 95 % range, and so a
// little nearer to one another than the plain counts beside them. Money is added
// up and has no range.
//
// Caveats: who says why differs from who does not, so that said and inferred are
// never added up. Below 20 customers there are counts only.
//
// Source: METHODS 4 and 9.2. TestKappaOfFleiss repeats table 18.1 of Fleiss, Levin
// and Paik (2003).
func TellLosses(losses []Loss) LossReasons {
	all := LossReasons{SaidBy: map[behold.Source]int{}, Repeated: Repeated()}
	var said, inferred, silent tally
	var pairs, families [][2]string
	for i := range losses {
		l := &losses[i]
		inferred.add(l.Inferred, l.Yearly)
		if l.Silent {
			silent.add(l.Inferred, l.Yearly)
		}
		if !l.said() {
			continue
		}
		said.add(l.Said, l.Yearly)
		all.SaidBy[l.By]++
		if l.By != behold.ReadInText && l.Inferred != behold.UnknownReason {
			pairs = append(pairs, [2]string{string(l.Said), string(l.Inferred)})
			families = append(families, [2]string{string(l.Said.Family()), string(l.Inferred.Family())})
		}
	}
	reasons := behold.Reasons()
	all.Part = Part{Customers: inferred.n, Money: inferred.money}
	all.Inferred = inferred.table(reasons)
	all.Said = said.table(slices.DeleteFunc(slices.Clone(reasons), func(r behold.Reason) bool { return r == behold.UnknownReason }))
	all.Silent = inferred.part(silent.n, silent.money, 1, 2)
	all.Agreement, all.Families = agree(pairs), agree(families)
	return all
}

// Repeated is the list of shares that circulates about why customers leave: see
// docs/claims.md. It is nobody's measurement, no starting value and no target.
func Repeated() []Claim {
	return []Claim{
		{behold.Overlooked, 0.68}, {behold.Quality, 0.14}, {behold.Competitor, 0.09},
		{behold.PersonChanged, 0.05}, {behold.Moved, 0.03}, {behold.ClosedDown, 0.01},
	}
}

// A tally counts customers and their money by reason.
type tally struct {
	n     int
	money float64
	by    map[behold.Reason]struct {
		n     int
		money float64
	}
}

func (t *tally) add(r behold.Reason, money float64) {
	if t.by == nil {
		t.by = map[behold.Reason]struct {
			n     int
			money float64
		}{}
	}
	one := t.by[r]
	one.n, one.money = one.n+1, one.money+money
	t.by[r] = one
	t.n, t.money = t.n+1, t.money+money
}

// part is k of the customers, who stand for some of so many words.
func (t *tally) part(k int, money float64, some, words int) Part {
	p := Part{Customers: k, Money: money}
	if t.n < leastShares {
		return p
	}
	const prior = 0.5
	a, b := float64(k)+prior*float64(some), float64(t.n-k)+prior*float64(words-some)
	share := distuv.Beta{Alpha: a, Beta: b}
	mean, low, high := a/(a+b), share.Quantile(0.025), share.Quantile(0.975)
	p.Share, p.Low, p.High = &mean, &low, &high
	if t.money > 0 {
		of := money / t.money
		p.OfMoney = &of
	}
	return p
}

// sum is the part of those reasons that are wanted.
func (t *tally) sum(reasons []behold.Reason, wanted func(behold.Family) bool) Part {
	k, money, some := 0, 0.0, 0
	for _, r := range reasons {
		if wanted(r.Family()) {
			k, money, some = k+t.by[r].n, money+t.by[r].money, some+1
		}
	}
	if some == 0 {
		return Part{}
	}
	return t.part(k, money, some, len(reasons))
}

func (t *tally) table(reasons []behold.Reason) ReasonTable {
	table := ReasonTable{Part: Part{Customers: t.n, Money: t.money}}
	for _, r := range reasons {
		table.Reasons = append(table.Reasons, ReasonPart{r, r.Family(), t.part(t.by[r].n, t.by[r].money, 1, len(reasons))})
		if f := r.Family(); len(table.Families) == 0 || table.Families[len(table.Families)-1].Family != f {
			p := t.sum(reasons, func(g behold.Family) bool { return g == f })
			table.Families = append(table.Families, FamilyPart{f, f.Avoidable(), p})
		}
	}
	table.Avoidable = t.sum(reasons, behold.Family.Avoidable)
	table.Unavoidable = t.sum(reasons, func(f behold.Family) bool { return f == behold.FamilyUnavoidable })
	table.Unknown = t.sum(reasons, func(f behold.Family) bool { return f == behold.FamilyUnknown })
	return table
}

// agree is Cohen's kappa of pairs of words.
func agree(pairs [][2]string) Agreement {
	a := Agreement{Customers: len(pairs)}
	first, second, both := map[string]float64{}, map[string]float64{}, map[[2]string]float64{}
	n := float64(len(pairs))
	for _, p := range pairs {
		first[p[0]] += 1 / n
		second[p[1]] += 1 / n
		both[p] += 1 / n
		if p[0] == p[1] {
			a.Same++
		}
	}
	chance := 0.0
	for _, word := range sortedWords(first) {
		chance += first[word] * second[word]
	}
	if len(pairs) < leastShares || chance > 1-1e-9 {
		return a
	}
	kappa := (float64(a.Same)/n - chance) / (1 - chance)
	miss := kappaError(first, second, both, kappa, chance, n)
	low, high := max(-1, kappa-1.96*miss), min(1, kappa+1.96*miss)
	a.Kappa, a.Low, a.High = &kappa, &low, &high
	return a
}

// kappaError is the large-sample standard error of Fleiss, Cohen and Everitt (1969).
func kappaError(first, second map[string]float64, both map[[2]string]float64, kappa, chance, n float64) float64 {
	same, apart := 0.0, 0.0
	for _, x := range sortedWords(first) {
		for _, y := range sortedWords(second) {
			p := both[[2]string{x, y}]
			if x == y {
				rest := 1 - (first[x]+second[x])*(1-kappa)
				same += p * rest * rest
			} else {
				apart += p * (second[x] + first[y]) * (second[x] + first[y])
			}
		}
	}
	less := kappa - chance*(1-kappa)
	v := same + (1-kappa)*(1-kappa)*apart - less*less
	return math.Sqrt(max(0, v)/n) / (1 - chance)
}

func sortedWords(m map[string]float64) []string { return slices.Sorted(maps.Keys(m)) }
