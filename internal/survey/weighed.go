package survey

import "behold"

// A Weighed is one answer about satisfaction as a quarter's share counts it, for
// those who check: who gave it, and what it stands for.
type Weighed struct {
	Quarter   behold.Day `json:"quarter"` // its first day
	Number    int32      `json:"-"`
	Customer  string     `json:"customer"`
	At        behold.Day `json:"answered_on"`
	Value     float64    `json:"value"`
	Scale     float64    `json:"scale_max"`
	Very      bool       `json:"very_satisfied"`
	Drawn     behold.Day `json:"drawn_on"` // NoDay: Behold did not ask
	Stratum   string     `json:"stratum"`
	Pi        *float64   `json:"pi"`  // chance of being drawn in the quarter; null: not known
	Rho       *float64   `json:"rho"` // chance of answering, as learned; null: not weighed
	Weight    *float64   `json:"weight"`
	weighable bool
}

// count lists the answers of a window with their weights.
func (t *teller) count(w *Window, level []*form) {
	from, _ := quarter(w.From)
	days := t.daysOf(w.From, w.To)
	var some []*form
	begin := len(t.counted)
	for _, f := range level {
		m := f.told(Satisfaction)
		c := Weighed{Quarter: from, Number: f.person.Customer, At: f.at, Value: m.value, Scale: m.scale, Very: m.best(), Drawn: behold.NoDay}
		if f.invite != nil {
			c.Drawn, c.Stratum = f.invite.Day, f.invite.Stratum
			if pi := behold.WindowChance(days, f.invite.Stratum); pi > 0 {
				c.Pi, c.weighable = &pi, true
				some = append(some, f)
			}
		}
		t.counted = append(t.counted, c)
	}
	if !w.Weighted {
		return
	}
	weights, answers, at := t.weights(some, days), t.response(), 0
	for i := range t.counted[begin:] {
		if c := &t.counted[begin+i]; c.weighable {
			rho := answers.chance(t.about(some[at].invite))
			c.Rho, c.Weight = &rho, &weights[at]
			at++
		}
	}
}

// WeighedColumns are what answers go by in files, in this order.
func WeighedColumns() []string {
	return []string{"quarter", "customer", "answered_on", "value", "scale_max", "very_satisfied", "drawn_on", "stratum", "pi", "rho", "weight"}
}
