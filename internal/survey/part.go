package survey

import (
	"cmp"
	"math"
	"slices"

	"behold"
	"behold/stat/effect"
)

// A Part is one touchpoint, segment or item, by what each customer answered last
// in the year.
type Part struct {
	Name  string `json:"name"`
	Share        // its own, at every look

	Near       int      `json:"satisfied"` // satisfied or better
	Few        bool     `json:"few"`       // fewer than ten answers: grey
	Shrunk     *float64 `json:"shrunk"`    // share with what the other parts say; null of items
	ShrunkLow  *float64 `json:"shrunk_low"`
	ShrunkHigh *float64 `json:"shrunk_high"`
	Best       *float64 `json:"chance_best"` // that no other part is better in truth
	Answers    []Voice  `json:"voices,omitempty"`

	segment behold.Mark
	of      int32 // a customer of it
}

// A Voice is a single answer, told instead of a share while there are fewer than
// five.
type Voice struct {
	Customer int32      `json:"-"`
	ID       string     `json:"customer"`
	At       behold.Day `json:"at"`
	Value    float64    `json:"value"`
	Scale    float64    `json:"scale_max"`
}

const (
	grey   = 10 // METHODS 6.5
	voices = 5  // below, they are single voices
)

// parts are the answers to satisfaction by what key says of them ("": left out).
// Each customer counts once a part, by the last answer.
func (t *teller) parts(forms []*form, key func(*form) string) ([]Part, error) {
	by := map[string][]*form{}
	for _, f := range forms {
		if name := key(f); name != "" {
			by[name] = append(by[name], f)
		}
	}
	var list []Part
	for name, all := range by {
		p, err := t.part(name, lasts(all, Satisfaction), Satisfaction)
		if err != nil {
			return nil, err
		}
		p.of, p.segment = all[0].person.Customer, all[0].person.Segment
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b Part) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	return list, t.shrink(list)
}

// lasts are the forms with an item, of each customer the last.
func lasts(forms []*form, item string) []*form {
	place := map[int32]int{}
	var list []*form
	for _, f := range forms {
		if !f.has(item) {
			continue
		}
		if at, seen := place[f.person.Customer]; seen {
			list[at] = f
			continue
		}
		place[f.person.Customer] = len(list)
		list = append(list, f)
	}
	return list
}

func (t *teller) part(name string, forms []*form, item string) (Part, error) {
	p := Part{Name: name, Few: len(forms) < grey}
	top := 0
	for _, f := range forms {
		m := f.told(item)
		if m.best() {
			top++
		}
		if m.near() {
			p.Near++
		}
		if len(forms) < voices {
			p.Answers = append(p.Answers, Voice{Customer: f.person.Customer, At: f.at, Value: m.value, Scale: m.scale})
		}
	}
	var err error
	p.Share, err = shareOf(top, len(forms), 0, t.Level)
	return p, err
}

// shrink draws the shares of parts together, as far as they cannot be told apart
// (METHODS 6.5).
func (t *teller) shrink(list []Part) error {
	if len(list) < 2 {
		return nil
	}
	happened, of := make([]float64, len(list)), make([]float64, len(list))
	for i, p := range list {
		happened[i], of[i] = float64(p.Top), float64(p.N)
	}
	groups, err := effect.ShrinkShares(happened, of, effect.Shrinking{Level: t.Level, Seed: t.Seed})
	if err != nil {
		return err
	}
	for i := range list {
		g := groups.Items[i]
		list[i].Shrunk, list[i].ShrunkLow, list[i].ShrunkHigh, list[i].Best = &g.Estimate, &g.Interval.Low, &g.Interval.High, &g.Best
	}
	return nil
}

// touchpoints are the six in the order of the journey, those without an answer
// too, when anybody was asked at any of them.
func (t *teller) touchpoints(forms []*form) ([]Part, error) {
	list, err := t.parts(forms, func(f *form) string {
		if !f.has(Satisfaction) {
			return ""
		}
		return f.told(Satisfaction).touchpoint
	})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	journey := Touchpoints()
	for _, name := range journey {
		if !slices.ContainsFunc(list, func(p Part) bool { return p.Name == name }) {
			list = append(list, Part{Name: name, Few: true, Share: Share{High: 1}})
		}
	}
	place := func(name string) int {
		if at := slices.Index(journey, name); at >= 0 {
			return at
		}
		return len(journey)
	}
	slices.SortStableFunc(list, func(a, b Part) int { return cmp.Compare(place(a.Name), place(b.Name)) })
	return list, nil
}

// mostSegments is how many segments are told: the largest.
const mostSegments = 40

func (t *teller) segments(forms []*form) ([]Part, error) {
	list, err := t.parts(forms, func(f *form) string {
		if !f.has(Satisfaction) || f.event || f.person.Segment == 0 {
			return ""
		}
		return segmentKey(f.person.Segment)
	})
	return list[:min(len(list), mostSegments)], err
}

func segmentKey(m behold.Mark) string {
	var b [8]byte
	for i := range b {
		b[i] = byte(uint64(m) >> (8 * i))
	}
	return string(b[:])
}

// items are all that was asked, by what each customer answered last: satisfaction
// first, then what they mean to do, then the nine wishes, then the company's own.
func (t *teller) items(forms []*form) ([]Part, error) {
	named := append([]string{Satisfaction, BuyAgain, Recommend, Effort}, Wishes()...)
	own := map[string]bool{}
	for _, f := range forms {
		for i := range f.gave {
			if item := f.gave[i].Item; !slices.Contains(named, item) {
				own[item] = true
			}
		}
	}
	named = append(named, sorted(own)...)
	list := []Part{}
	for _, item := range named {
		p, err := t.part(item, lasts(forms, item), item)
		if err != nil {
			return nil, err
		}
		if p.N > 0 {
			list = append(list, p)
		}
	}
	return list, nil
}

func sorted(set map[string]bool) []string {
	var list []string
	for name := range set {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// finite is nil for what is no number.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
