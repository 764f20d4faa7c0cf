package economy

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"behold"
	"behold/stat"
	"behold/stat/effect"
	"behold/stat/survival"
)

const (
	leastAtRisk = 30    // customers that a share of those still here may rest on, METHODS 9.2
	quarterLong = 3     // months
	manyAges    = 12000 // months: what is longer is as good as for ever
)

// An Estimate is a figure with its range.
type Estimate struct {
	Value     *float64 `json:"value"` // null: not known, or not within reach
	Low       *float64 `json:"low"`
	High      *float64 `json:"high"`
	Projected bool     `json:"projected"` // beyond what was seen
}

// Staying is how long customers stay.
type Staying struct {
	Until     behold.Day `json:"until"`     // losses are known up to this month
	Customers int        `json:"customers"` // of whom it is known since when they are customers
	Unknown   int        `json:"unknown"`   // of whom it is not
	OneYear   Estimate   `json:"survival_1y"`
	FiveYears Estimate   `json:"survival_5y"`
	HalfLife  Estimate   `json:"half_life_years"`
	Curve     []AgePoint `json:"curve"`      // share still here by age
	Projected []AgePoint `json:"projection"` // the curve of the model, for newcomers
	Model     *Projector `json:"model"`
	Groups    []Group    `json:"groups"`
	Tests     []Split    `json:"differences"`
	Cohorts   []Cohort   `json:"cohorts"`
	Cautions  []Caution  `json:"caveats"`
}

// An AgePoint is the share still here at an age.
type AgePoint struct {
	Years  float64 `json:"years"`
	Share  float64 `json:"share"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	AtRisk int     `json:"at_risk"`
}

// A Projector is the curve that goes on beyond what was seen.
type Projector struct {
	Name   string    `json:"name"` // sbg or bdw
	A      float64   `json:"a"`
	B      float64   `json:"b"`
	C      float64   `json:"c"`
	AIC    float64   `json:"aic"`
	Other  *float64  `json:"other_aic"`
	Hidden int       `json:"hidden_quarters"`  // that were hidden for the check
	Missed float64   `json:"missed"`           // mean error over them, as a share
	Rates  []float64 `json:"yearly_retention"` // of the first, second … year with the company
}

// A Group is customers of one kind.
type Group struct {
	By        string   `json:"by"` // year, segment, offer, channel
	Name      string   `json:"name"`
	Customers int      `json:"customers"`
	Lost      int      `json:"lost"`
	OneYear   Estimate `json:"survival_1y"` // null where fewer than 30 reached that age under watch
}

// A Split says whether the groups of one kind stay equally long.
type Split struct {
	By     string  `json:"by"`
	Groups int     `json:"groups"`
	P      float64 `json:"p"`
	PHolm  float64 `json:"p_holm"` // allowing for several questions at once
}

// A Cohort is customers who came in one quarter, and what share was here later.
type Cohort struct {
	From      behold.Day `json:"from"`
	Customers int        `json:"customers"`
	Active    []float64  `json:"active"` // after 0, 1, 2 … quarters
}

// A Caution goes with a figure that is to be taken with care; reports say it in words.
type Caution struct {
	Code  string  `json:"code"`
	Count int     `json:"count,omitempty"`
	Value float64 `json:"value,omitempty"`
}

func cautions(of []stat.Caveat) (all []Caution) {
	for _, c := range of {
		all = append(all, Caution{c.Code, c.Count, c.Value})
	}
	return all
}

// staying answers: how long do customers stay, and who stays longer?
//
// Input: the stays of a tally; last is the last month whose losses are known: who
// was not called lost by then counts as here until then and as not seen since.
//
// Formula (METHODS 5.2, 5.3): Kaplan and Meier, on months of age, with customers
// who are older than the records entering at the age of their first purchase in
// them (who left before could not be seen); Greenwood's limits on the scale of
// ln(−ln S). Beyond what 30 customers reached, the sBG or BdW curve of newcomers by
// quarters goes on from there, by AIC, marked as projected. Groups are told apart
// by the log-rank test, with Holm's allowance for asking several times.
//
// Output: Staying. An age of n months is the middle of what months can tell: S(12)
// is the mean of the shares after 11 and after 12 whole months.
//
// Caveats, beside those of package survival: unknown-age (customers of whom nobody
// knows when they came are left out; Count), all-lost-soon.
//
// Not for who is captive.
//
// Source: METHODS 5.2, 5.3; stat/survival. See TestStayingFollowsTruth.
func (t *Tally) staying(last int) Staying {
	s := Staying{Unknown: int(t.unknown)}
	if last < 0 {
		return s
	}
	end := t.first + int32(last)
	s.Until = firstOf(end)
	all := t.staysOf("", end)
	if s.Unknown > 0 {
		s.Cautions = append(s.Cautions, Caution{Code: "unknown-age", Count: s.Unknown})
	}
	curve, err := survival.KaplanMeier(all, survival.CurveOptions{})
	if err != nil {
		return s
	}
	s.Customers = int(curve.Total)
	s.Cautions = append(s.Cautions, cautions(curve.Caveats)...)
	reach := reachOf(&curve)
	for _, p := range curve.Points {
		if p.Time <= reach {
			s.Curve = append(s.Curve, AgePoint{p.Time / 12, p.Survival, p.Low, p.High, int(p.AtRisk)})
		}
	}
	model := t.project(&s, end)
	s.OneYear, s.FiveYears = shareAt(&curve, model, reach, 12), shareAt(&curve, model, reach, 60)
	s.HalfLife = halfLife(&curve, model, reach)
	t.groups(&s, end)
	return s
}

// staysOf are the stays by one mark, up to the end of a month.
func (t *Tally) staysOf(by string, end int32) (all []survival.Stay) {
	for _, k := range t.keys() {
		if stay, ok := k.until(end); ok && k.by == by {
			stay.Weight, stay.Group = t.counts()[k], k.group
			all = append(all, stay)
		}
	}
	return all
}

// until is the stay as far as it was watched by the end of a month.
func (k *stayKey) until(end int32) (survival.Stay, bool) {
	if k.start > end || k.start+k.entry > end {
		return survival.Stay{}, false
	}
	stay := survival.Stay{Duration: float64(end - k.start), Entry: float64(k.entry)}
	if k.left <= end {
		stay.Duration, stay.Left = float64(k.left-k.start), true
	}
	if stay.Entry > 0 && stay.Duration <= stay.Entry {
		if !stay.Left {
			return stay, false
		}
		stay.Duration = stay.Entry + 0.5 // lost within the month of entering: at risk for half of it
	}
	return stay, true
}

// reachOf is the last age at which at least 30 were watched.
func reachOf(c *survival.Curve) (reach float64) {
	for _, p := range c.Points {
		if p.AtRisk >= leastAtRisk {
			reach = p.Time
		}
	}
	return reach
}

// between is the share still here at an age in months, with its limits.
func between(c *survival.Curve, months float64) (share, low, high float64) {
	a, ra := c.At(months - 1)
	b, rb := c.At(months)
	return (a + b) / 2, (ra.Low + rb.Low) / 2, (ra.High + rb.High) / 2
}

// shareAt is the share still here after so many months: seen, or what was seen
// carried on by the model.
func shareAt(c *survival.Curve, model *survival.Choice, reach, months float64) Estimate {
	if months <= reach {
		share, low, high := between(c, months)
		return Estimate{Value: &share, Low: &low, High: &high}
	}
	if model == nil {
		return Estimate{}
	}
	share, low, high := carried(c, model, reach, months)
	return Estimate{Value: &share, Low: &low, High: &high, Projected: true}
}

// carried is the share at the end of what was seen, times the share that the model
// lets go on from there.
func carried(c *survival.Curve, model *survival.Choice, reach, months float64) (share, low, high float64) {
	share, low, high = 1, 1, 1
	if reach >= 1 {
		share, low, high = between(c, reach)
	}
	kept, limits := model.Kept(reach/quarterLong, months/quarterLong)
	return share * kept, low * limits.Low, high * limits.High
}

// halfLife is when half of the customers are gone, in years.
func halfLife(c *survival.Curve, model *survival.Choice, reach float64) Estimate {
	seen := func(age float64) *float64 {
		if years := (age + 0.5) / 12; age <= reach && !math.IsInf(age, 0) {
			return &years
		}
		return nil
	}
	half := c.Median()
	e := Estimate{Value: seen(half.Time), Low: seen(half.Range.Low), High: seen(half.Range.High)}
	if e.Value != nil && e.High != nil || model == nil {
		return e
	}
	when := func(which int) *float64 {
		at := func(months float64) float64 {
			a, b, c := carried(c, model, reach, months)
			return [3]float64{a, b, c}[which]
		}
		low, high := reach, reach
		for at(high) > 0.5 {
			if low, high = high, max(2*high, 12); high > manyAges {
				return nil
			}
		}
		for range 50 {
			if middle := (low + high) / 2; at(middle) > 0.5 {
				low = middle
			} else {
				high = middle
			}
		}
		years := high / 12
		return &years
	}
	if e.Value == nil {
		e.Value, e.Projected = when(0), true
	}
	if e.Low == nil {
		e.Low = when(1)
	}
	if e.High == nil {
		e.High = when(2)
	}
	return e
}

// project learns the curve of those who came while the records were kept.
func (t *Tally) project(s *Staying, end int32) *survival.Choice {
	quarters := int(end-t.first)/quarterLong + 1
	began := make([]float64, quarters)
	left := make([][]float64, quarters)
	for i := range left {
		left[i] = make([]float64, quarters+1)
	}
	for _, k := range t.keys() {
		from := int(k.start-t.first) / quarterLong
		if k.by != "" || k.entry > 0 || k.start < t.first || k.start > end || from >= quarters {
			continue
		}
		n := t.counts()[k]
		began[from] += n
		if k.left <= end {
			left[from][int(k.left-k.start)/quarterLong] += n
		}
	}
	var cohorts []survival.Cohort
	for i := range began {
		seen := int(end-t.first-int32(i*quarterLong)-(quarterLong-1)) / quarterLong // whole quarters that all of them were watched for
		if began[i] == 0 || seen < 1 {
			continue
		}
		here := began[i]
		active := []float64{here}
		for q := range seen {
			here -= left[i][q]
			active = append(active, here)
		}
		cohorts = append(cohorts, survival.Cohort{Active: active})
		shares := make([]float64, len(active))
		for j, n := range active {
			shares[j] = n / began[i]
		}
		s.Cohorts = append(s.Cohorts, Cohort{firstOf(t.first + int32(i*quarterLong)), int(began[i]), shares})
	}
	choice, err := survival.ChooseContract(cohorts)
	if err != nil {
		s.Cautions = append(s.Cautions, Caution{Code: "no-projection"})
		return nil
	}
	settle(&choice)
	s.Cautions = append(s.Cautions, cautions(choice.Caveats)...)
	p := &Projector{Name: "sbg", A: choice.A, B: choice.B, C: choice.C, AIC: choice.AIC(), Hidden: choice.Hidden, Missed: choice.Missed}
	if choice.Free > 2 {
		p.Name = "bdw"
	}
	if choice.Other != nil {
		aic := choice.Other.AIC()
		p.Other = &aic
	}
	for year := range 5 {
		kept, _ := choice.Kept(float64(4*year), float64(4*year+4))
		p.Rates = append(p.Rates, kept)
	}
	for q := 0; q <= 40; q++ {
		r := choice.SurvivalRange(float64(q))
		s.Projected = append(s.Projected, AgePoint{Years: float64(q) / 4, Share: choice.Survival(float64(q)), Low: r.Low, High: r.High})
	}
	s.Model = p
	return &choice
}

// settle takes the simpler curve where the search for the other did not come to an end.
func settle(c *survival.Choice) {
	stuck := func(found []stat.Caveat) bool {
		return slices.ContainsFunc(found, func(c stat.Caveat) bool { return c.Code == "not-settled" })
	}
	if c.Other != nil && stuck(c.Contract.Caveats) && !stuck(c.Other.Caveats) {
		c.Contract, c.Other = c.Other, c.Contract
		c.Caveats = append([]stat.Caveat{{Code: "simpler-curve"}}, c.Contract.Caveats...)
	}
}

// groups compares years, segments, offers and channels.
func (t *Tally) groups(s *Staying, end int32) {
	var p []float64
	for _, by := range []string{"year", "segment", "offer", "channel"} {
		stays := t.staysOf(by, end)
		if by == "year" {
			stays = t.years(end)
		}
		named := map[string][]survival.Stay{}
		for _, stay := range stays {
			named[stay.Group] = append(named[stay.Group], stay)
		}
		if len(named) < 2 {
			continue
		}
		for _, name := range sortedKeys(named) {
			if g, ok := groupOf(by, name, named[name]); ok {
				s.Groups = append(s.Groups, g)
			}
		}
		if test, err := survival.LogRank(stays); err == nil {
			s.Tests = append(s.Tests, Split{By: by, Groups: len(named), P: test.P})
			p = append(p, test.P)
		}
	}
	for i, holm := range effect.Holm(p) {
		s.Tests[i].PHolm = holm
	}
	slices.SortStableFunc(s.Groups, func(a, b Group) int {
		if a.By != b.By || a.By == "year" {
			return 0
		}
		return cmp.Compare(b.Customers, a.Customers)
	})
}

func sortedKeys(named map[string][]survival.Stay) (names []string) {
	for name := range named {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// years are the stays of those who came while the records were kept, by the year in
// which they came.
func (t *Tally) years(end int32) (all []survival.Stay) {
	for _, k := range t.keys() {
		if stay, ok := k.until(end); ok && k.by == "" && k.start >= t.first {
			stay.Weight, stay.Group = t.counts()[k], strconv.Itoa(int(k.start/12))
			all = append(all, stay)
		}
	}
	return all
}

func groupOf(by, name string, stays []survival.Stay) (Group, bool) {
	curve, err := survival.KaplanMeier(stays, survival.CurveOptions{})
	if err != nil {
		return Group{}, false
	}
	g := Group{By: by, Name: name, Customers: int(curve.Total), Lost: int(curve.Left)}
	if reachOf(&curve) >= 12 {
		g.OneYear = shareAt(&curve, nil, 12, 12)
	}
	return g, true
}
