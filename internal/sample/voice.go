package sample

import (
	"math"
	"slices"

	"behold"
)

// An answer is one answered item of the questions a customer got.
type answer struct {
	life         *life
	number       int
	asked, given behold.Day
	item         string
	value, scale int // scale 0: words only
	touchpoint   string
	text         string
}

// A loss is what was said about a customer who left.
type loss struct {
	life       *life
	reason     behold.Reason
	detail     string
	competitor string
	saidBy     string
}

func wishes() []string {
	return []string{"easy", "simple", "safe", "flexible", "accommodating", "understanding", "professional", "fast", "results"}
}

// ask every three to five months; whether an answer comes is the customer's
// habit, and the dissatisfied fall silent before they go.
func (b *Block) ask(d *dice, l *life) {
	if l.noSurvey {
		return
	}
	first := len(b.answers)
	for day := b.shop.calendar.workday(l.start + behold.Day(d.days(10, 120))); day <= l.end; day = b.shop.calendar.workday(day + behold.Day(d.days(90, 150))) {
		cause, strength := l.at(day)
		given := day + behold.Day(d.days(0, 6))
		if given <= l.end && d.chance(l.answers*max(0, 1-cause.hush*strength)) {
			b.answer(d, l, day, given)
		}
	}
	for i := range b.answers[first:] {
		b.answers[first+i].number = i + 1
	}
}

func (b *Block) answer(d *dice, l *life, asked, given behold.Day) {
	cause, strength := l.at(asked)
	touchpoint := one(d, []string{"attention", "advice", "purchase", "delivery", "billing", "aftercare"})
	if strength > 0 && d.chance(0.6) {
		touchpoint = cause.touchpoint
	}
	put := func(item string, scale, lowest int, value float64) {
		b.answers = append(b.answers, answer{life: l, asked: asked, given: given, item: item, scale: scale, touchpoint: touchpoint,
			value: min(max(int(math.Round(value)), lowest), scale)})
	}
	happy := l.content - cause.unhappy*strength
	put("satisfaction", 5, 1, happy+0.4*d.NormFloat64())
	put("repurchase", 5, 1, happy+0.2-0.15*cause.disloyal*strength+0.5*d.NormFloat64())
	put("recommend", 10, 0, 2*l.content-cause.disloyal*strength+d.NormFloat64())
	put("effort", 7, 1, 1.4*l.content-cause.hard*strength+0.6*d.NormFloat64())
	all := wishes()
	d.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, item := range all[:3] {
		low := 0.0
		if slices.Contains(cause.items, item) {
			low = 1.8 * strength
		}
		put(item, 5, 1, l.content-low+0.45*d.NormFloat64())
	}
	if d.chance(0.4) {
		b.answers = append(b.answers, answer{life: l, asked: asked, given: given, item: "why", touchpoint: touchpoint, text: why(d, cause, strength)})
	}
}

func why(d *dice, cause *trace, strength float64) string {
	if len(cause.says) > 0 && d.chance(min(strength, 0.9)) {
		return one(d, cause.says)
	}
	return one(d, []string{"Godt samarbejde.", "Varerne kommer til tiden.", "Fint udvalg.", "Rare mennesker.", "Det går, som det skal.", "Prisen kunne være lavere."})
}

// lose asks some of those who left. Customers know mostly why; colleagues guess.
func (b *Block) lose(d *dice, l *life) {
	if !l.left.Known() || !d.chance(0.35) {
		return
	}
	x := loss{life: l, reason: l.truth.Reason, saidBy: "customer"}
	right := 0.87
	if d.chance(0.3) {
		x.saidBy, right = "colleague", 0.55
	}
	switch {
	case d.chance(right):
		x.detail = one(d, traceOf(x.reason).says)
	case x.saidBy == "colleague" && d.chance(0.5):
		x.reason = behold.UnknownReason
	default:
		x.reason = b.shop.reasons[d.pick(b.shop.shares)]
	}
	if x.reason.Family() == behold.FamilyCompetition && d.chance(0.5) {
		x.competitor = one(d, []string{"Ravnvig Catering", "Fyrholt Grossist", "Humlestrup Fødevarer"})
	}
	b.losses = append(b.losses, x)
}
