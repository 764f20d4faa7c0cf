package text

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"behold"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func corrected(id, body string, reason behold.Reason, on time.Time) behold.Correction {
	return behold.Correction{ID: id, RemarkKey: behold.RemarkKey{Customer: "K", Table: behold.TableTickets, Row: id}, Text: body, Reason: reason, Saved: on,
		Reading: behold.RemarkReading{Language: "en"}}
}

// What colleagues say is learned: the text itself reads as they said, others like
// it follow, and what was taken back is forgotten.
func TestTeach(t *testing.T) {
	var said []behold.Correction
	for i := range 12 {
		said = append(said, corrected(fmt.Sprint(i), fmt.Sprintf("The wobbelator %d again", i), behold.Quality, noon.AddDate(0, 0, -i)))
	}
	const other = "Our wobbelator, once more"
	before, after := Default().Look(other, "en"), Teach(said, noon).Look(other, "en")
	if before.Sure || !after.Sure || after.Likely[0].Reason != behold.Quality {
		t.Errorf("%q was read %+v and is now %+v", other, before.Likely, after.Likely)
	}
	if before.Model == after.Model {
		t.Error("two models have one name")
	}
	if r := Teach(said, noon).Read("  The wobbelator 3 again ", ""); r.Reason != behold.Quality || r.Sure != 1 {
		t.Errorf("what a colleague said is %+v", r)
	}
	if r := Teach(said, noon.AddDate(-1, 0, 0)).Read("The wobbelator 3 again", ""); r.Sure == 1 {
		t.Errorf("a year before anybody said it, it was known: %+v", r)
	}
	for i := range said {
		said[i].Gone = noon.Add(-time.Minute)
	}
	if Teach(said, noon) != Default() {
		t.Error("what was taken back is still known")
	}
}

// The last word on a text counts, and half as much two years later.
func TestTeachLast(t *testing.T) {
	first, last := corrected("a", "hello there", behold.Quality, noon.AddDate(-2, 0, -1)), corrected("b", "hello there", behold.Overlooked, noon.AddDate(-2, 0, 0))
	last.Row = first.Row
	list := holding([]behold.Correction{last, first}, noon)
	if len(list) != 1 || list[0].Reason != behold.Overlooked {
		t.Fatalf("what holds is %+v", list)
	}
	if e := exampleOf(&list[0], noon); math.Abs(e.Weight-.5) > .01 || !slices.Equal(e.Open, []Label{Complaint, Leaving, Praise}) {
		t.Errorf("after two years it is %+v", e)
	}
}

// "This word does not mean that": it no longer speaks for the reason, in its own
// text and in others, and still speaks against it.
func TestDeniedWord(t *testing.T) {
	const body = "Your newsletters were mentioned by a neighbour"
	word := Default().Words(body, string(behold.Irrelevant))[0]
	if word.Word != "newsletters" || word.Weight <= 0 {
		t.Fatalf("the strongest word is %+v", word)
	}
	m := Teach([]behold.Correction{{ID: "a", Word: "newsletters", Reason: behold.Irrelevant, Saved: noon}}, noon)
	for _, w := range m.Words(body, string(behold.Irrelevant)) {
		if w.Word == "newsletters" && w.Weight > 0 {
			t.Errorf("it still speaks for it: %+v", w)
		}
	}
	chance := func(m *Model) float64 {
		all := m.Chances(body)
		return all[slices.IndexFunc(all, func(r behold.ReasonChance) bool { return r.Reason == behold.Irrelevant })].Chance
	}
	if was, is := chance(Default()), chance(m); is > was/2 {
		t.Errorf("the chance was %.3f and is %.3f", was, is)
	}
	for i, r := range m.Chances("The delivery came late") {
		if r != Default().Chances("The delivery came late")[i] {
			t.Errorf("a text without the word has changed: %v", r)
		}
	}
}

// audited are texts drawn by lot whose chances were told; right says when they were.
func audited(n int, right func(told float64, lot *rand.Rand) bool) (said []behold.Correction) {
	lot := rand.New(rand.NewPCG(7, 7))
	for i := range n {
		told := .3 + .65*lot.Float64()
		c := corrected(fmt.Sprint(i), fmt.Sprint("text ", i), behold.Quality, noon)
		c.Why = behold.LabelRandom
		c.Reading.Likely, c.Reading.Raw, c.Reading.Sure = []behold.ReasonChance{{Reason: behold.Quality, Chance: told}}, told, told >= Sure
		if !right(told, lot) {
			c.Reason = behold.UnknownReason
		}
		said = append(said, c)
	}
	return said
}

// Audits correct chances that promise too much, and leave alone those that do not.
func TestLean(t *testing.T) {
	boast := audited(400, func(told float64, lot *rand.Rand) bool { return lot.Float64() < told*told })
	l := leanOf(audits(boast, Labels()), 20)
	off := func(f func(float64) float64, truth func(float64) float64) float64 {
		sum := 0.
		for p := .3; p < .95; p += .01 {
			sum += math.Abs(f(p)-truth(p)) / 65
		}
		return sum
	}
	square := func(p float64) float64 { return p * p }
	quality := slices.Index(Labels(), string(behold.Quality))
	if was, is := off(func(p float64) float64 { return p }, square), off(func(p float64) float64 { return l.of(quality, p) }, square); is > was/3 {
		t.Errorf("chances were off by %.3f and are by %.3f", was, is)
	}
	honest := leanOf(audits(audited(400, func(told float64, lot *rand.Rand) bool { return lot.Float64() < told }), Labels()), 20)
	if got := honest.of(quality, .7); math.Abs(got-.7) > .05 {
		t.Errorf("an honest .7 becomes %.2f", got)
	}
}

// The cut stays until fifty audits; then it is the lowest that is right often
// enough, and where nothing is, no reason is given any more.
func TestCut(t *testing.T) {
	usual := func(told float64, lot *rand.Rand) bool { return lot.Float64() < told }
	m := *Default()
	m.heedAudits(audited(leastAudits-1, usual))
	if m.Cut() != Sure {
		t.Errorf("with 49 audits the cut is %v", m.Cut())
	}
	m.heedAudits(audited(300, usual))
	if m.Cut() == Sure || m.Cut() > .8 || m.Cut() < .3 {
		t.Errorf("with 300 audits the cut is %v", m.Cut())
	}
	m.heedAudits(audited(300, func(float64, *rand.Rand) bool { return false }))
	if r := m.Read("Nobody answers our mails, three weeks now", "en"); !math.IsInf(m.Cut(), 1) || r.Reason != behold.UnknownReason {
		t.Errorf("never right, and still the cut is %v: %+v", m.Cut(), r)
	}
}

// Quality is measured by lot only, against what stood there, with an interval.
func TestMeasure(t *testing.T) {
	said := audited(40, func(told float64, _ *rand.Rand) bool { return told >= .7 })
	for i := range said {
		if i%2 == 1 {
			said[i].Reading.Language = "da"
		}
	}
	chosen := corrected("hard", "a hard one", behold.Quality, noon)
	chosen.Why, chosen.Reading.Sure, chosen.Reading.Likely = behold.LabelDoubt, true, []behold.ReasonChance{{Reason: behold.Moved, Chance: .9}}
	list := Measure(append(said, chosen), noon)
	if len(list) != 3 || list[0].Language != "" || list[1].Language != "da" || list[0].Audits != 40 || list[1].Audits != 20 {
		t.Fatalf("%+v", list)
	}
	q := list[0]
	if q.Given == 0 || q.Right >= q.Given || !(q.Low < q.Precision() && q.Precision() < q.High) {
		t.Errorf("%+v", q)
	}
	// Clopper and Pearson (1934): 7 of 10 lie in .3475 to .9333.
	if low, high := clopperPearson(7, 10, .05); math.Abs(low-.3475) > 1e-4 || math.Abs(high-.9333) > 1e-4 {
		t.Errorf("7 of 10: %.4f to %.4f", low, high)
	}
	if low, high := clopperPearson(0, 0, .05); low != 0 || high != 1 {
		t.Errorf("of none: %v to %v", low, high)
	}
}

// A week's five: one by lot, one for a rare reason, three to learn from; the same
// again; none that a colleague has read, none twice.
func TestAsk(t *testing.T) {
	var pool []behold.RemarkRead
	for i, body := range []string{
		"Three weeks and no answer", "The box was broken", "Too many newsletters", "We are moving to Spain", "Fine, thanks", "The wobbelator is zork", "ok",
		"ok", "Frightfully glumphy splinkets", "The box was torn", "", "Nobody ever calls us",
	} {
		pool = append(pool, behold.RemarkRead{RemarkText: behold.RemarkText{RemarkKey: behold.RemarkKey{Customer: "K", Table: behold.TableAnswers, Row: fmt.Sprint(i)}, Body: body},
			Reading: Default().Look(body, "en")})
	}
	said := []behold.Correction{corrected("0", "The box was broken", behold.Quality, noon)}
	week := behold.DayOf(noon)
	five := Ask(week, pool, said, 1)
	why := map[behold.WhyLabel]int{}
	bodies := map[string]bool{}
	for i, a := range five {
		why[a.Why]++
		if a.Body == "" || a.Body == said[0].Text || bodies[a.Body] || a.Place != i+1 || a.Week != week {
			t.Errorf("asked %+v", a)
		}
		bodies[a.Body] = true
	}
	if len(five) != 5 || why[behold.LabelDoubt] != 3 || why[behold.LabelRare] != 1 || why[behold.LabelRandom] != 1 {
		t.Errorf("asked for %v", why)
	}
	slices.Reverse(pool)
	if again := Ask(week, pool, said, 1); fmt.Sprint(again) != fmt.Sprint(five) {
		t.Error("the same week has other texts")
	}
	if few := Ask(week, pool[:2], nil, 1); len(few) != 1 {
		t.Errorf("of one text with words there are %d", len(few))
	}
	// By lot, each text comes as often as the others, and one in five is hidden.
	times, hidden := map[string]int{}, 0
	for w := range 4000 {
		for _, a := range Ask(behold.Day(w*7), pool, nil, 3) {
			hidden += count(a.Hidden)
			if a.Why == behold.LabelRandom {
				times[a.Body]++
			}
		}
	}
	for body, n := range times { // ten bodies and one that comes twice
		want := 4000. / 11
		if body == "ok" {
			want *= 2
		}
		if math.Abs(float64(n)-want) > 5*math.Sqrt(want) {
			t.Errorf("%q came %d times, not %.0f", body, n, want)
		}
	}
	if share := float64(hidden) / 20000; math.Abs(share-hiddenShare) > .02 {
		t.Errorf("hidden %.3f", share)
	}
}

func FuzzMask(f *testing.F) {
	for _, body := range []string{"010190-1234", "a@b.dk +45 12 34 56 78", strings.Repeat("9", 40), "NL91ABNA0417164300"} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if once := Mask(body); Mask(once) != once {
			t.Errorf("%q masked twice is %q", body, Mask(once))
		}
	})
}
