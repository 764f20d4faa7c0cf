package lamp

import (
	"cmp"
	"math"
	"slices"

	"behold"
	"behold/stat/repurchase"
)

// A Company is what the rules know of the company as a whole. The caller fills
// the first six and Has, Prepare and Replay the rest.
type Company struct {
	Settings behold.Settings    // of which the dial and the merge days are read
	Clock    behold.Clock       // the company's own time, in days
	Rhythm   repurchase.Mixture // behind the forecasts, on that clock
	Horizon  int                // days that "stays" and "leaves" look ahead
	Kinds    repurchase.Mixture // rhythm of (customer, category), on that clock; a borrowed or empty one: category_lost is not judged
	Spread   float64            // pg, gamma-gamma shape of a customer's amounts, as forecast fitted it; 0: not known

	Common     []bool  // by category: bought again often enough to have a rhythm (METHODS 9.2)
	OrderShape float64 // the pg that is tested with; 0: amounts are not judged
	Huge       float64 // times a customer's median amount; what lies above is cut down to it
	ReturnA    float64 // the company's Beta(a, b) of the share of lines that come back;
	ReturnB    float64 // 0: returns are not judged

	Attention  attentive  // how customers are looked after
	Replies    replies    // how long tickets wait
	Complaints complaints // how complaints go
	Promises   promising  // how promises are kept
	Messages   messaging  // what is sent to everybody

	BouncesTell bool // mail that comes back is rare

	Has         []behold.Table // tables with any row; nil: orders alone
	Stays       bool           // hardly anybody ever left: what rests on chance alone lights nothing
	Calibration Calibration    // of Replay; the zero one before

	Answers   answerHabits  // satisfaction_fell, effort
	Forms     formHabits    // silent_dissatisfied
	Replacing replaceHabits // replacement_due
	Fair      fairPrices    // pays_more
	Renewals  renewalHabits // contract_ends
	Paying    payHabits     // payment
	Matters   countHabits   // effort
	Tone      toned         // tone
	Online    countHabits   // digital_friction
	Quoting   quoteHabits   // quote_unanswered
}

// share of the dial that a lamp gets here.
func (in *Company) share(kind behold.LampKind) float64 { return ShareOf(kind, in.tables()) }

// scaledShares are the shares of all lamps, by the factor with which they meet the dial.
func (in *Company) scaledShares() map[behold.LampKind]float64 {
	shares := map[behold.LampKind]float64{}
	for _, r := range Rules() {
		shares[r.Kind] = in.share(r.Kind) * cmp.Or(in.Calibration.Scale, 1)
	}
	return shares
}

// feeds says whether the company gave the tables that the rule needs.
func (in *Company) feeds(r *Rule) bool { return len(r.Lacks(in.tables())) == 0 }

func (in *Company) tables() []behold.Table {
	if in.Has == nil {
		return []behold.Table{behold.TableOrders}
	}
	return in.Has
}

// leastRepeats is how often a category must have been bought again, over all
// customers, before its rhythm is believed (METHODS 9.2).
const leastRepeats = 50

// Prepare learns the company's habits from histories: those of all customers,
// or a sample of them drawn without looking, as of the day that will be judged.
// deals (nil: nothing but orders) and f are the dealings and forecasts of the same
// customers in the same order.
//
// Output: Huge is the 99 % quantile of amount/customer's median. OrderShape is
// 1/cv² of the amounts of an occasion, pooled within customers and winsorised
// at Huge, which is the shape of a gamma distribution by moments; Spread, which
// comes from customers' means (of margins where costs are known), stands in
// where there are too few amounts. ReturnA and ReturnB are the maximum of the
// beta-binomial likelihood over customers. What there is too little data for
// stays 0, and its rule lights nothing. See TestPrepare.
func Prepare(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast, in Company) Company {
	in.Common = commonCategories(&h.Kinds)
	in.Huge, in.OrderShape = orderHabits(h, in.Settings.MergeDays)
	if in.OrderShape == 0 {
		in.OrderShape = in.Spread
	}
	in.Stays = everybodyStays(f)
	in.ReturnA, in.ReturnB = returnHabits(h)
	in.Attention = attentionHabits(h, deals, f, in.Settings.FalseLamps, in.share(behold.LampAttention))
	in.Replies = replyHabits(h, deals)
	in.Complaints = complaintHabits(h, deals)
	in.Promises = promiseHabits(h, deals)
	in.Messages = messageHabits(h, deals, f)
	in.BouncesTell = peopleHabits(deals)
	in.Answers = answerHabitsOf(h, deals)
	in.Forms = formHabitsOf(h, deals, &in.Answers)
	in.Replacing = replaceHabitsOf(h, deals)
	in.Fair = fairPricesOf(h, deals, f)
	in.Renewals = renewalHabitsOf(h, deals)
	in.Paying = payHabitsOf(h, deals)
	in.Tone = toneHabits(h, deals)
	in.Matters = matterHabitsOf(h, deals, f)
	in.Online = digitalHabitsOf(h, deals, f)
	in.Quoting = quoteHabitsOf(h, deals)
	return in
}

// everybodyStays says whether hardly any of those who bought twice are gone, as
// far as their rhythms tell. Where nobody ever leaves, the unusual is only that.
func everybodyStays(f []behold.Forecast) bool {
	const enough, hardlyAny = 100, 0.01
	gone, n := 0.0, 0.0
	for i := range f {
		if f[i].Occasions > 1 {
			gone += 1 - f[i].ChanceActive
			n++
		}
	}
	return n >= enough && gone < hardlyAny*n
}

// commonCategories marks those with enough repeats, the days after a
// customer's first in it.
func commonCategories(c *behold.Kinds) []bool {
	var repeats []int
	for j, category := range c.Category {
		if int(category) >= len(repeats) {
			repeats = append(repeats, make([]int, int(category)+1-len(repeats))...)
		}
		repeats[category] += max(0, c.Start[j+1]-c.Start[j]-1)
	}
	common := make([]bool, len(repeats))
	for category, n := range repeats {
		common[category] = n >= leastRepeats
	}
	return common
}

// orderHabits pools the amounts of customers with at least four occasions,
// each divided by the customer's own median, winsorised at their 99 %.
func orderHabits(h *behold.Histories, merge int) (huge, shape float64) {
	const enough = 100 // amounts, below which a 99 % quantile is one order's word
	var ratios []float64
	var ends []int
	var amounts occasions
	for k := range h.Customer {
		amounts.gather(h, k, merge, behold.NoDay, h.AsOf)
		if amounts.n() < leastBaseline {
			continue
		}
		median := medianOf(amounts.amount)
		if median <= 0 {
			continue
		}
		for _, a := range amounts.amount {
			ratios = append(ratios, a/median)
		}
		ends = append(ends, len(ratios))
	}
	if len(ratios) < enough {
		return 0, 0
	}
	sorted := slices.Sorted(slices.Values(ratios))
	huge = sorted[len(sorted)*99/100]
	return huge, pooledShape(ratios, ends, huge)
}

// pooledShape is 1/cv² with cv² the mean over customers of variance/mean²,
// each weighted by its degrees of freedom.
func pooledShape(ratios []float64, ends []int, huge float64) float64 {
	var spread, freedom float64
	begin := 0
	for _, end := range ends {
		var mean, square float64
		for _, r := range ratios[begin:end] {
			mean += min(r, huge)
		}
		mean /= float64(end - begin)
		for _, r := range ratios[begin:end] {
			square += (min(r, huge) - mean) * (min(r, huge) - mean)
		}
		spread += square / (mean * mean)
		freedom += float64(end - begin - 1)
		begin = end
	}
	if spread == 0 {
		return mostRegular
	}
	return min(freedom/spread, mostRegular)
}

// mostRegular keeps subscriptions, whose amounts never change, from making the
// smallest change of price look like proof.
const mostRegular = 400 // a variation of 5 %

func medianOf(xs []float64) float64 {
	sorted := slices.Sorted(slices.Values(xs))
	n := len(sorted)
	if n == 0 {
		return math.NaN()
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
