package lamp

import (
	"math"

	"behold"
)

// The lamp satisfaction_fell (L06): has this customer become less satisfied than
// two answers of one and the same customer usually differ?
//
// In: answers to the item satisfaction, or to recommend in a company that never
// asks for satisfaction, brought to five steps (answerHabits); repurchase and the
// nine wishes that were asked with it.
//
// Lights, on the latest answer of the last 180 days: at p ≤ A, with A for as many
// chances a month as the customer answers. For y1 the answer before and y2 this
// one,
//
//	T[y1,y2] = (n_12 + 5·m_2)/(n_1 + 5)      n: the company's pairs, m: its share of each answer
//	p        = Σ_{j ≤ y2} T[y1,j]
//
// A matrix, because two answers differ by chance, and 5 → 4 is common. Without p,
// as an event of the last 90 days, where such answers are rare (desk.rare): 1 or 2,
// unless half of the earlier ones were no better; or 5 → 4 beside a repurchase of
// 3 or less. Since is the day of the answer.
//
// Reason: what the wish rated lowest with it points to, if that is 3 or less; else
// what its touchpoint points to; else unknown.
//
// Out: a later answer of 4 or 5, or 180 days without another answer.
//
// Facts: answer_now, answer_before (as given; answer_before only where there is
// one), best (the top of the scale), answered_on, answered_before_on, repurchase,
// item and item_value (the wish in Text), touchpoint (Text), one_in (of p; 0 for
// an event). Rows: the forms.
//
// Fails: changed wording or scale within an item, an answer by another person of
// the same customer. Source: METHODS L06; TestSatisfactionUnderChance counts its
// false alarms where answers only differ by chance.
const (
	satisfactionNews = 180 // days that an answer is worth a lamp
	eventNews        = 90  // days that an event is recent
	pseudoAnswers    = 5
	steps            = 5 // of the scale that answers are brought to
	fewAnswers       = 30
	lowAnswer        = 2
	lukewarm         = 3
	contentAgain     = 4
	satisfaction     = "satisfaction"
	recommendation   = "recommend"
	repurchaseAnswer = "repurchase"
	whyItem          = "why"
	mostForms        = 64 // forms of one customer that are looked at, the latest
)

// answerHabits are how the company's customers answer.
type answerHabits struct {
	item   string                        // that tells satisfaction; "": nobody was asked
	scales map[string][2]float64         // lowest and best value of each item
	falls  [steps + 1][steps + 1]float64 // P(at most y2 after y1); all 0: too few pairs

	hard                           float64 // forms that tell of effort
	lowShare, coolShare, hardShare float64 // of forms: 1 or 2 of 5; 5 → 4 beside a low repurchase; a third of effort or below
}

// answerHabitsOf learns them from all answers.
func answerHabitsOf(h *behold.Histories, deals *behold.Dealings) answerHabits {
	var a answerHabits
	if deals == nil || len(deals.Answers.All) == 0 {
		return a
	}
	a.scales = scalesOf(deals.Answers.All)
	for _, item := range []string{recommendation, satisfaction} {
		if _, asked := a.scales[item]; asked {
			a.item = item
		}
	}
	var pairs [steps + 1][steps + 1]float64
	var margin [steps + 1]float64
	n := 0.0
	var forms []form
	for k := range h.Customer {
		forms = a.forms(forms[:0], deals.Answers.Of(k))
		before := 0
		for i := range forms {
			a.count(forms[:i+1])
			now := forms[i].satisfied
			if now == 0 {
				continue
			}
			margin[now]++
			n++
			pairs[before][now]++
			before = now
		}
	}
	a.lowShare, a.coolShare = (a.lowShare+.5)/(n+1), (a.coolShare+.5)/(n+1)
	a.hardShare = (a.hardShare + .5) / (a.hard + 1)
	if n < fewAnswers {
		return a
	}
	for y1 := 1; y1 <= steps; y1++ {
		known, sum := 0.0, 0.0
		for _, x := range pairs[y1][1:] {
			known += x
		}
		for y2 := 1; y2 <= steps; y2++ {
			sum += (pairs[y1][y2] + pseudoAnswers*margin[y2]/n) / (known + pseudoAnswers)
			a.falls[y1][y2] = sum
		}
	}
	return a
}

// count counts the latest of a customer's forms as the events it may be.
func (a *answerHabits) count(forms []form) {
	now := &forms[len(forms)-1]
	switch {
	case now.satisfied > 0 && now.satisfied <= lowAnswer:
		a.lowShare++
	case cooled(forms):
		a.coolShare++
	}
	if now.easy > 0 {
		a.hard++
		if now.easy <= troubled {
			a.hardShare++
		}
	}
}

// cooled says whether the latest answer is a 4 after a 5, beside a low repurchase.
func cooled(forms []form) bool {
	if len(forms) < 2 {
		return false
	}
	was, now := &forms[len(forms)-2], &forms[len(forms)-1]
	return was.satisfied == steps && now.satisfied == steps-1 && now.repurchase > 0 && now.repurchase <= lukewarm
}

// scalesOf finds the ends of each item's scale: the best value that the file
// gives, and where it gives none, the smallest usual scale that holds every
// answer. Scales of ten and more begin at 0 where anybody answered 0 or the
// scale is longer than ten, all others at 1.
func scalesOf(all []behold.Answer) map[string][2]float64 {
	scales := map[string][2]float64{}
	for i := range all {
		x := &all[i]
		if math.IsNaN(x.Value) {
			continue
		}
		s, seen := scales[x.Item]
		if !seen {
			s[0] = 1
		}
		s[0] = min(s[0], max(0, x.Value))
		s[1] = max(s[1], x.Value)
		if x.Scale > 1 {
			s[1] = max(s[1], x.Scale)
		}
		scales[x.Item] = s
	}
	for item, s := range scales {
		for _, usual := range []float64{2, 3, 5, 7, 10, 100} {
			if s[1] <= usual {
				s[1] = usual
				break
			}
		}
		if s[0] > 0 || s[1] < 10 && s[1] > 3 {
			s[0] = 1
		}
		if s[1] > 10 || s[0] < 1 {
			s[0] = 0
		}
		scales[item] = s
	}
	return scales
}

// place brings a value to 0 (worst) … 1 (best) of its item's scale.
func (a *answerHabits) place(x *behold.Answer) float64 {
	s, known := a.scales[x.Item]
	if x.Scale > 1 && x.Scale < s[1] { // an older form with a shorter scale
		s = [2]float64{1, x.Scale}
	}
	if !known || s[1] <= s[0] {
		return math.NaN()
	}
	return min(1, max(0, (x.Value-s[0])/(s[1]-s[0])))
}

// step is the same on five steps, 1 to 5; 0 of an answer in words only.
func (a *answerHabits) step(x *behold.Answer) int {
	at := a.place(x)
	if math.IsNaN(at) {
		return 0
	}
	return 1 + int(math.Round(at*(steps-1)))
}

// A form is what a customer answered at one time.
type form struct {
	id          behold.Mark
	at, asked   behold.Day
	answered    bool // with anything but blanks
	satisfied   int  // 1 to 5; 0: not asked
	value, best float64
	repurchase  int     // 1 to 5; 0: not asked
	easy        float64 // the worse of effort and easy, 1 to 7; 0: not asked
	easyItem    string
	worst       string // wish with the lowest answer
	worstStep   int
	touchpoint  string
}

// forms folds a customer's answers into the forms they came by, in order of time.
func (a *answerHabits) forms(into []form, rows []behold.Answer) []form {
	for i := range rows {
		x := &rows[i]
		last := len(into) - 1
		if last < 0 || into[last].id != x.ID || into[last].at != x.At {
			into = append(into, form{id: x.ID, at: x.At, asked: x.Asked})
			last++
		}
		into[last].take(a, x)
	}
	if len(into) > mostForms {
		into = append(into[:0], into[len(into)-mostForms:]...)
	}
	return into
}

func (f *form) take(a *answerHabits, x *behold.Answer) {
	if x.Touchpoint != "" {
		f.touchpoint = x.Touchpoint
	}
	if x.Item == whyItem {
		f.answered = true
	}
	if math.IsNaN(x.Value) {
		return
	}
	f.answered = true
	step := a.step(x)
	if x.Item == a.item {
		f.satisfied, f.value, f.best = step, x.Value, a.scales[x.Item][1]
	}
	switch x.Item {
	case repurchaseAnswer:
		f.repurchase = step
	case "effort", "easy":
		if easy := 1 + 6*a.place(x); f.easy == 0 || easy < f.easy {
			f.easy, f.easyItem = easy, x.Item
		}
	}
	if reasonOfWish(x.Item) != behold.UnknownReason && step > 0 && (f.worst == "" || step < f.worstStep) {
		f.worst, f.worstStep = x.Item, step
	}
}

// reasonOfWish is what a low answer to a wish points to.
func reasonOfWish(item string) behold.Reason {
	switch item {
	case "easy", "simple", "flexible", "effort":
		return behold.HardToDealWith
	case "safe":
		return behold.BrokenPromise
	case "accommodating", "professional":
		return behold.PoorService
	case "understanding":
		return behold.NeedsUnderstood
	case "fast":
		return behold.SlowResponse
	case "results":
		return behold.Quality
	}
	return behold.UnknownReason
}

// reasonOfTouchpoint is what dissatisfaction with a touchpoint points to.
func reasonOfTouchpoint(touchpoint string) behold.Reason {
	switch touchpoint {
	case "attention":
		return behold.Overlooked
	case "advice":
		return behold.NeedsUnderstood
	case "purchase":
		return behold.HardToDealWith
	case "delivery":
		return behold.BrokenPromise
	case "billing":
		return behold.Misleading
	case "aftercare":
		return behold.PoorService
	}
	return behold.UnknownReason
}

// reason of a form that tells of dissatisfaction.
func (f *form) reason() behold.Reason {
	if f.worst != "" && f.worstStep <= lukewarm {
		return reasonOfWish(f.worst)
	}
	return reasonOfTouchpoint(f.touchpoint)
}

// foldForms puts the customer's forms on the desk, if they do not lie there yet.
func (d *desk) foldForms() {
	if d.formsOf != d.k+1 {
		d.forms, d.formsOf = d.in.Answers.forms(d.forms[:0], d.deals.Answers.Of(d.k)), d.k+1
	}
}

// satisfactions puts the customer's forms that tell satisfaction on the desk.
func (d *desk) satisfactions() []form {
	d.foldForms()
	d.told = d.told[:0]
	for i := range d.forms {
		if d.forms[i].satisfied > 0 {
			d.told = append(d.told, d.forms[i])
		}
	}
	return d.told
}

func (d *desk) satisfactionFell() (behold.Lamp, bool) {
	if d.in.Answers.item == "" {
		return behold.Lamp{}, false
	}
	told := d.satisfactions()
	if len(told) == 0 {
		return behold.Lamp{}, false
	}
	now := &told[len(told)-1]
	age := d.day - now.at
	if age >= satisfactionNews {
		return behold.Lamp{}, false
	}
	p := d.fallP(told)
	if len(told) > 1 {
		a, lit := d.testOf(now.at, behold.LampSatisfied, p, d.formsAMonth(told), now.satisfied < told[len(told)-2].satisfied)
		if lit {
			return because(now.reason(), d.lit(behold.LampSatisfied, now.at, p, a, satisfactionEvidence(told, p))), true
		}
	}
	if age < eventNews && d.dissatisfied(told) {
		return because(now.reason(), d.happened(behold.LampSatisfied, now.at, satisfactionEvidence(told, 0))), true
	}
	return behold.Lamp{}, false
}

func (d *desk) watchSatisfaction(l behold.Lamp) (behold.Lamp, bool) {
	told := d.satisfactions()
	if len(told) == 0 {
		return l, true
	}
	lit, _ := l.Evidence.Fact("answered_on")
	now := &told[len(told)-1]
	if now.at > lit.Day && now.satisfied >= contentAgain || d.day-now.at >= satisfactionNews {
		return l, false
	}
	return l, true
}

// fallP is p of the latest two answers; 1 where there is nothing to compare.
func (d *desk) fallP(told []form) float64 {
	if len(told) < 2 {
		return 1
	}
	if p := d.in.Answers.falls[told[len(told)-2].satisfied][told[len(told)-1].satisfied]; p > 0 {
		return p
	}
	return 1
}

// dissatisfied says whether the latest answer is an event for this customer, and
// news in this company.
func (d *desk) dissatisfied(told []form) bool {
	now := &told[len(told)-1]
	if now.satisfied > lowAnswer {
		return cooled(told) && d.rare(d.in.Answers.coolShare, d.formsAMonth(told))
	}
	low := 0
	for _, f := range told[:len(told)-1] {
		if f.satisfied <= lowAnswer {
			low++
		}
	}
	return (low == 0 || 2*low < len(told)-1) && d.rare(d.in.Answers.lowShare, d.formsAMonth(told))
}

// formsAMonth is how often a month this customer answers.
func (d *desk) formsAMonth(told []form) float64 {
	const enough = 3
	days := float64(d.day-told[0].at) + daysOfMonth
	if len(told) < enough { // answers that have only begun are not as frequent as they look
		days += 2 * daysOfMonth
	}
	return float64(len(told)) * daysOfMonth / days
}

func satisfactionEvidence(told []form, p float64) behold.Evidence {
	now := &told[len(told)-1]
	e := behold.Evidence{Facts: []behold.Fact{
		number("answer_now", now.value), number("best", now.best), on("answered_on", now.at),
	}}
	if len(told) > 1 {
		was := &told[len(told)-2]
		e.Facts = append(e.Facts, number("answer_before", was.value), on("answered_before_on", was.at))
	}
	if now.repurchase > 0 {
		e.Facts = append(e.Facts, number("repurchase", float64(now.repurchase)))
	}
	if now.worst != "" && now.worstStep <= lukewarm {
		e.Facts = append(e.Facts, named("item", now.worst), number("item_value", float64(now.worstStep)))
	}
	if now.touchpoint != "" {
		e.Facts = append(e.Facts, named("touchpoint", now.touchpoint))
	}
	if p > 0 {
		e.Facts = append(e.Facts, number("one_in", oneIn(p)))
	}
	for i := len(told) - 1; i >= 0 && i >= len(told)-2; i-- {
		e.Rows = append(e.Rows, row(behold.TableAnswers, told[i].id, told[i].at))
	}
	return e
}

// named is a fact that is a word.
func named(name, text string) behold.Fact {
	return behold.Fact{Name: name, Day: behold.NoDay, Text: text}
}
