package survival

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"behold/stat"
)

type kmReference struct {
	Time       []float64  `json:"time"`
	AtRisk     []float64  `json:"n_risk"`
	Left       []float64  `json:"n_event"`
	Censored   []float64  `json:"n_censor"`
	Survival   []float64  `json:"surv"`
	StdErr     []*float64 `json:"se_greenwood"`
	Low        []*float64 `json:"lower"`
	High       []*float64 `json:"upper"`
	Hazard     []float64  `json:"cumhaz_na"`
	HazardErr  []float64  `json:"cumhaz_se"`
	Median     *float64   `json:"median"`
	MedianLow  *float64   `json:"median_lower"`
	MedianHigh *float64   `json:"median_upper"`
	N          int        `json:"n"`
	Leavers    float64    `json:"events"`
}

func allCurves() map[string]struct{ path []string } {
	return map[string]struct{ path []string }{
		"rossi":                   {[]string{"km"}},
		"waltons":                 {[]string{"km"}},
		"waltons/control":         {[]string{"km_by_group", "control"}},
		"waltons/miR-137":         {[]string{"km_by_group", "miR-137"}},
		"lung":                    {[]string{"km"}},
		"gbsg2":                   {[]string{"km"}},
		"larynx":                  {[]string{"km"}},
		"multicenter_aids_cohort": {[]string{"km_left_truncated"}},
		"telco":                   {[]string{"km"}},
		"telco/Month-to-month":    {[]string{"km_by_contract", "Month-to-month"}},
		"telco/One year":          {[]string{"km_by_contract", "One year"}},
		"telco/Two year":          {[]string{"km_by_contract", "Two year"}},
	}
}

func staysAndReference(t *testing.T, name string, path []string) ([]Stay, kmReference) {
	set, group := name, ""
	if i := slices.Index([]byte(name), '/'); i >= 0 {
		set, group = name[:i], name[i+1:]
	}
	stays := staysOf(t, set)
	if group != "" {
		stays = inGroup(stays, group)
	}
	var want kmReference
	reference(t, &want, append([]string{"survival", set}, path...)...)
	return stays, want
}

// R survival 3.5-3, survfit with conf.type "log", all points of all sets.
func TestKaplanMeier_R(t *testing.T) {
	for name, where := range allCurves() {
		stays, want := staysAndReference(t, name, where.path)
		c, err := KaplanMeier(stays, CurveOptions{Limits: Log})
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Points) != len(want.Time) {
			t.Errorf("%s: %d points, want %d", name, len(c.Points), len(want.Time))
			continue
		}
		for i, p := range c.Points {
			near(t, p.Time, want.Time[i], 0, name, "time", i)
			near(t, p.AtRisk, want.AtRisk[i], 0, name, "at risk", p.Time)
			near(t, p.Left, want.Left[i], 0, name, "left", p.Time)
			near(t, p.Survival, want.Survival[i], 1e-12, name, "S", p.Time)
			if want.StdErr != nil && want.StdErr[i] != nil {
				near(t, p.Censored, want.Censored[i], 0, name, "censored", p.Time)
				near(t, p.StdErr, *want.StdErr[i], 1e-12, name, "se", p.Time)
				near(t, p.Low, *want.Low[i], 1e-12, name, "low", p.Time)
				near(t, p.High, *want.High[i], 1e-12, name, "high", p.Time)
			}
		}
		m := c.Median()
		near(t, m.Time, numberOr(want.Median, math.Inf(1)), 0, name, "median")
		if want.StdErr != nil {
			near(t, m.Range.Low, numberOr(want.MedianLow, math.Inf(1)), 0, name, "median low")
			near(t, m.Range.High, numberOr(want.MedianHigh, math.Inf(1)), 0, name, "median high")
			if c.N != want.N || c.Left != want.Leavers {
				t.Errorf("%s: %d, %v left, want %d, %v", name, c.N, c.Left, want.N, want.Leavers)
			}
		}
	}
}

func TestKaplanMeierLogLog_R(t *testing.T) {
	var want kmReference
	reference(t, &want, "survival", "lung", "km_loglog")
	c, err := KaplanMeier(staysOf(t, "lung"), CurveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range c.Points {
		near(t, p.Low, *want.Low[i], 1e-12, "low", p.Time)
		near(t, p.High, *want.High[i], 1e-12, "high", p.Time)
	}
	m := c.Median()
	near(t, m.Range.Low, *want.MedianLow, 0, "median low")
	near(t, m.Range.High, *want.MedianHigh, 0, "median high")
}

func TestNelsonAalen_R(t *testing.T) {
	for name, where := range allCurves() {
		stays, want := staysAndReference(t, name, where.path)
		h, err := NelsonAalen(stays, 0)
		if err != nil {
			t.Fatal(err)
		}
		for i, hazard := range want.Hazard {
			got, limits := h.At(want.Time[i])
			near(t, got, hazard, 1e-12, name, "Λ", want.Time[i])
			if !(limits.Low <= got && got <= limits.High) {
				t.Errorf("%s: %v not in %v", name, got, limits)
			}
		}
		for i, j := 0, 0; i < len(want.HazardErr) && j < len(h.Steps); i++ {
			if h.Steps[j].Time == want.Time[i] {
				near(t, h.Steps[j].StdErr, want.HazardErr[i], 1e-12, name, "se of Λ", want.Time[i])
				j++
			}
		}
	}
}

func TestMean_R(t *testing.T) {
	for _, c := range []struct {
		set, group string
		path       []string
	}{
		{"rossi", "", []string{"rmst"}},
		{"waltons", "control", []string{"rmst60", "control"}},
		{"waltons", "miR-137", []string{"rmst60", "miR-137"}},
		{"telco", "", []string{"rmst24"}},
		{"telco", "", []string{"rmst72"}},
	} {
		var want struct{ Tau, RMST, SE float64 }
		reference(t, &want, append([]string{"survival", c.set}, c.path...)...)
		stays := staysOf(t, c.set)
		if c.group != "" {
			stays = inGroup(stays, c.group)
		}
		curve, err := KaplanMeier(stays, CurveOptions{})
		if err != nil {
			t.Fatal(err)
		}
		m, err := curve.Mean(want.Tau)
		if err != nil {
			t.Fatal(err)
		}
		nearly(t, m.Time, want.RMST, 1e-9, c, "mean")
		nearly(t, m.StdErr, want.SE, 1e-9, c, "se")
		if len(m.Caveats) > 0 {
			t.Errorf("%v: %v", c, m.Caveats)
		}
	}
}

func TestLogRank_R(t *testing.T) {
	rossi := readTable(t, "rossi.csv")
	for _, c := range []struct {
		stays []Stay
		path  []string
	}{
		{rossi.grouped(t, rossi.stays(t, "week", "arrest"), "fin"), []string{"rossi", "logrank_fin"}},
		{staysOf(t, "waltons"), []string{"waltons", "logrank"}},
		{staysOf(t, "telco"), []string{"telco", "logrank_contract"}},
	} {
		var want struct {
			ChiSq    float64
			DF       int
			Obs, Exp []float64
			P        *float64
		}
		reference(t, &want, append([]string{"survival"}, c.path...)...)
		got, err := LogRank(c.stays)
		if err != nil {
			t.Fatal(err)
		}
		nearly(t, got.ChiSquare, want.ChiSq, 1e-9, c.path, "χ²")
		near(t, float64(got.Freedom), float64(want.DF), 0, c.path, "freedom")
		if want.P != nil {
			nearly(t, got.P, *want.P, 1e-9, c.path, "p")
		}
		for g := range want.Obs {
			near(t, got.Groups[g].Left, want.Obs[g], 0, c.path, "left")
			nearly(t, got.Groups[g].Expected, want.Exp[g], 1e-9, c.path, "expected")
		}
	}
}

// someStays invents stays with ties, late entries, groups and strata.
func someStays(n int, seed uint64) []Stay {
	dice := rand.New(rand.NewPCG(seed, 1))
	stays := make([]Stay, n)
	for i := range stays {
		group := dice.IntN(3)
		d := math.Ceil(dice.ExpFloat64() * float64(10+5*group))
		s := Stay{Duration: d, Left: dice.Float64() < 0.7, Group: string(rune('a' + group)), Stratum: string(rune('p' + dice.IntN(2)))}
		if dice.Float64() < 0.3 {
			s.Entry = math.Floor(dice.Float64() * d)
		}
		stays[i] = s
	}
	return stays
}

func shuffled[T any](rows []T, seed uint64) []T {
	out := slices.Clone(rows)
	dice := rand.New(rand.NewPCG(seed, 2))
	dice.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

type answers struct {
	curve      Curve
	hazard     Hazard
	comparison Comparison
}

func answer(t *testing.T, stays []Stay) (a answers) {
	t.Helper()
	var err [3]error
	a.curve, err[0] = KaplanMeier(stays, CurveOptions{})
	a.hazard, err[1] = NelsonAalen(stays, 0.9)
	a.comparison, err[2] = LogRank(stays)
	for _, e := range err {
		if e != nil {
			t.Fatal(e)
		}
	}
	return a
}

func TestOrderDoesNotMatter(t *testing.T) {
	stays := someStays(500, 3)
	for i := range stays {
		stays[i].Weight = 0.1 + float64(i%7)/3
	}
	kept := slices.Clone(stays)
	want := answer(t, stays)
	if !reflect.DeepEqual(stays, kept) {
		t.Error("the input was changed")
	}
	for seed := range uint64(5) {
		if got := answer(t, shuffled(stays, seed)); !reflect.DeepEqual(got, want) {
			t.Fatal("another order, another answer")
		}
	}
}

func TestWeightsAreRepeats(t *testing.T) {
	stays := someStays(200, 4)
	var unfolded []Stay
	for i := range stays {
		for range 1 + i%3 {
			unfolded = append(unfolded, stays[i])
		}
		stays[i].Weight = float64(1 + i%3)
	}
	folded, repeated := answer(t, stays), answer(t, unfolded)
	for i, p := range folded.curve.Points {
		if p != repeated.curve.Points[i] {
			t.Fatalf("%v, repeated %v", p, repeated.curve.Points[i])
		}
	}
	near(t, folded.comparison.ChiSquare, repeated.comparison.ChiSquare, 1e-12, "χ²")
	if !reflect.DeepEqual(folded.hazard.Steps, repeated.hazard.Steps) {
		t.Error("the gathered risk differs")
	}
}

func TestLogRankStrata(t *testing.T) {
	stays := someStays(300, 5)
	stratified := answer(t, stays).comparison
	var expected [3]float64
	for _, stratum := range []string{"p", "q"} {
		var part []Stay
		for _, s := range stays {
			if s.Stratum == stratum {
				part = append(part, s)
			}
		}
		for g, count := range answer(t, part).comparison.Groups {
			expected[g] += count.Expected
		}
	}
	for g, count := range stratified.Groups {
		near(t, count.Expected, expected[g], 1e-10, "expected in strata")
	}
	for i := range stays {
		stays[i].Stratum = ""
	}
	none := answer(t, stays).comparison
	for i := range stays {
		stays[i].Stratum = "one"
	}
	if one := answer(t, stays).comparison; !reflect.DeepEqual(one, none) {
		t.Error("one stratum is not as none")
	}
	if none.ChiSquare == stratified.ChiSquare {
		t.Error("the strata did nothing")
	}
}

// The unit of time cancels out of every share and test.
func TestUnitOfTime(t *testing.T) {
	days := someStays(200, 6)
	years := slices.Clone(days)
	for i := range years {
		years[i].Duration /= 256
		years[i].Entry /= 256
	}
	a, b := answer(t, days), answer(t, years)
	for i, p := range a.curve.Points {
		q := b.curve.Points[i]
		q.Time *= 256
		if p != q {
			t.Fatalf("%v in days, %v in years", p, q)
		}
	}
	if a.comparison.Test != b.comparison.Test {
		t.Error("the comparison depends on the unit")
	}
}

func codes(caveats []stat.Caveat) (all []string) {
	for _, c := range caveats {
		all = append(all, c.Code)
	}
	return all
}

func TestCurveHardCases(t *testing.T) {
	for name, c := range map[string]struct {
		stays  []Stay
		codes  []string
		median float64
	}{
		"one who left":   {[]Stay{{Duration: 3, Left: true}}, []string{"few-left", "thin-tail"}, 3},
		"one still here": {[]Stay{{Duration: 3}}, []string{"nobody-left"}, math.Inf(1)},
		"age nought":     {[]Stay{{Left: true}, {}}, []string{"few-left", "thin-tail"}, 0},
		"nobody left":    {make([]Stay, 50), []string{"nobody-left"}, math.Inf(1)},
		"emptied": {[]Stay{{Duration: 1, Left: true}, {Entry: 2, Duration: 5, Left: true}, {Entry: 2, Duration: 6}},
			[]string{"few-left", "thin-tail", "emptied"}, 1},
		"tiny and huge": {[]Stay{{Duration: 5e-324, Left: true}, {Duration: 1e308, Left: true}, {Duration: 1e308}},
			[]string{"few-left", "thin-tail"}, 1e308},
	} {
		curve, err := KaplanMeier(c.stays, CurveOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if got := codes(curve.Caveats); !slices.Equal(got, c.codes) {
			t.Errorf("%s: %v", name, got)
		}
		near(t, curve.Median().Time, c.median, 0, name)
		for _, p := range curve.Points {
			if math.IsNaN(p.Survival + p.StdErr + p.Low + p.High) {
				t.Errorf("%s: %v", name, p)
			}
		}
		if _, err := NelsonAalen(c.stays, 0); err != nil {
			t.Error(err)
		}
		if m, err := curve.Mean(4); err != nil || !(m.Time >= 0 && m.Time <= 4) || math.IsNaN(m.StdErr) {
			t.Errorf("%s: %v %v", name, m, err)
		}
	}
}

func TestInputErrors(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for field, s := range map[string]Stay{
		"Duration": {Duration: nan}, "Duration ": {Duration: inf}, "Duration  ": {Duration: -1},
		"Entry": {Duration: 1, Entry: nan}, "Entry ": {Duration: 1, Entry: 1}, "Entry  ": {Duration: 1, Entry: -1},
		"Weight": {Weight: nan}, "Weight ": {Weight: -1}, "Weight  ": {Weight: inf},
	} {
		stays := []Stay{{Duration: 1, Left: true}, s}
		_, kaplan := KaplanMeier(stays, CurveOptions{})
		_, nelson := NelsonAalen(stays, 0)
		_, rank := LogRank(stays)
		for _, err := range []error{kaplan, nelson, rank} {
			var input *InputError
			if !errors.As(err, &input) || input.Row != 1 || input.Field != field[:len(input.Field)] {
				t.Errorf("%s: %v", field, err)
			}
		}
	}
	if _, err := KaplanMeier(nil, CurveOptions{}); !errors.Is(err, ErrTooFew) {
		t.Error(err)
	}
	if _, err := LogRank([]Stay{{Duration: 1, Group: "a"}, {Duration: 2, Group: "b"}}); !errors.Is(err, ErrNobodyLeft) {
		t.Error(err)
	}
	if _, err := KaplanMeier(make([]Stay, 1), CurveOptions{Level: 1}); err == nil {
		t.Error("a level of 1 was taken")
	}
	one := Curve{Points: []Point{{Time: 1, Survival: 1}}}
	if _, err := one.Mean(0); err == nil {
		t.Error("a mean until 0 was taken")
	}
}

func TestLogRankApart(t *testing.T) {
	alone, err := LogRank([]Stay{{Duration: 1, Left: true}})
	if err != nil || alone.P != 1 || !slices.Equal(codes(alone.Caveats), []string{"one-group"}) {
		t.Error(alone, err)
	}
	apart, err := LogRank([]Stay{{Duration: 1, Left: true, Group: "a"}, {Entry: 2, Duration: 3, Left: true, Group: "b"}})
	if err != nil || apart.P != 1 || !slices.Equal(codes(apart.Caveats), []string{"few-left", "apart"}) {
		t.Error(apart, err)
	}
}

// Ages that are counted by place and ages that are sorted give the same bits:
// times 2⁻²⁰ nothing is rounded, and no age is whole any more.
func TestCountWhole(t *testing.T) {
	for seed := range uint64(20) {
		stays := someStays(300, seed)
		for i := range stays {
			stays[i].Weight = float64(i % 4)
		}
		if _, whole := countWhole(stays); !whole {
			t.Fatal("not whole")
		}
		small := slices.Clone(stays)
		for i := range small {
			small[i].Duration *= 0x1p-20
			small[i].Entry *= 0x1p-20
		}
		if _, whole := countWhole(small); whole {
			t.Fatal("whole")
		}
		a, b := moments(stays), moments(small)
		for i := range b {
			b[i].time *= 0x1p20
		}
		if !slices.Equal(a, b) {
			t.Errorf("seed %d: counted %v, sorted %v", seed, a[:3], b[:3])
		}
	}
	for _, s := range []Stay{{Duration: 1.5}, {Duration: 1e6}, {Duration: 3, Weight: 0.5}, {Duration: 3, Weight: 0x1p54}} {
		if _, whole := countWhole([]Stay{s}); whole {
			t.Errorf("%+v", s)
		}
	}
}
