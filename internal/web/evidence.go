package web

import (
	"math"
	"strings"

	"behold"
)

// recordOf is how a kind of lamp did on the company's own past; nil when the
// last round did not look.
func recordOf(r *behold.Round, kind behold.LampKind) *behold.LampRecord {
	if r == nil {
		return nil
	}
	for i := range r.Records {
		if r.Records[i].Kind == kind {
			return &r.Records[i]
		}
	}
	return nil
}

// leastHealthy is how many healthy cases p is held against at the least
// (METHODS 3.2): with fewer, the model's own p is used.
const leastHealthy = 200

// unusual says p in words: how many of 1,000 healthy customers look like this.
func (p page) unusual(l behold.Lamp, record *behold.LampRecord) string {
	if l.P <= 0 && l.PStar <= 0 {
		return p.T("page.cause.event")
	}
	checked := record != nil && record.Healthy >= leastHealthy
	of := int(math.Round(1000 * l.PStar))
	switch {
	case checked && of < 1:
		return p.T("page.cause.unusual_less")
	case checked:
		return p.N("page.cause.unusual", of)
	case of < 1:
		return p.T("page.cause.unusual_model_less")
	}
	return p.N("page.cause.unusual_model", of)
}

// exactly gives the same in figures; "" for an event, which has none.
func (p page) exactly(l behold.Lamp) string {
	if l.P <= 0 && l.PStar <= 0 {
		return ""
	}
	says := p.T("page.cause.p", "P", p.small(l.P), "Star", p.small(l.PStar), "Threshold", p.small(l.Threshold))
	if l.PStar > l.Threshold { // goes out at a higher p than it lights
		says += " " + p.T("page.cause.burns_on")
	}
	return says
}

// small writes a small chance with two figures that mean something.
func (p page) small(x float64) string {
	if x <= 0 {
		return p.Number(0)
	}
	decimals := 1 - int(math.Floor(math.Log10(x)))
	return p.Decimal(x, min(8, max(2, decimals)))
}

// recordSays says how often the lamp was lit before, and how often rightly.
func (p page) recordSays(record *behold.LampRecord) string {
	switch {
	case record == nil || record.Months == 0:
		return p.T("page.cause.record_unknown")
	case record.Lit == 0:
		return p.T("page.cause.record_none", "Months", record.Months)
	}
	return p.N("page.cause.record", record.Lit, "Months", record.Months, "Left", record.Left)
}

// chanceSays says the chance to leave with its range, and whether it was checked.
func (p page) chanceSays(f behold.Forecast) string {
	key := "page.cause.chance_unchecked"
	if f.Calibrated {
		key = "page.cause.chance"
	}
	return p.T(key, "Chance", p.chance(f), "Range", p.chanceRange(f))
}

// unsure is the chance below which an inferred reason is only a perhaps.
const unsure = 0.25

// mainReason names the main reason, as firmly as the records do.
func (p page) mainReason(st behold.Standing) string {
	if g := st.Grounds; g.Source == behold.Inferred && g.Chance < unsure && st.MainReason != behold.UnknownReason {
		return p.T("page.grounds.perhaps", "Reason", lower(p.Reason(st.MainReason)))
	}
	return p.Reason(st.MainReason)
}

// groundsSay says who named the main reason, and how sure that is.
func (p page) groundsSay(st behold.Standing) string {
	g := st.Grounds
	switch g.Source {
	case behold.SaidByCustomer:
		return p.T("page.grounds.customer")
	case behold.SaidByColleague:
		return p.T("page.grounds.colleague")
	case behold.ReadInText:
		return p.T("page.grounds.text")
	case behold.Inferred:
		return p.T("page.grounds.inferred", "Chance", p.Percent(g.Chance), "Family", p.Percent(g.Family), "Name", p.Family(st.MainReason.Family()))
	}
	return p.T("page.grounds.none")
}

// otherwise names the next likely reasons; "" when somebody said the reason.
func (p page) otherwise(st behold.Standing) string {
	if st.Grounds.Source != behold.Inferred {
		return ""
	}
	var others []string
	for _, r := range st.Grounds.Likely {
		if r.Reason != st.MainReason && r.Chance >= 0.05 {
			others = append(others, lower(p.Reason(r.Reason))+" ("+p.Percent(r.Chance)+")")
		}
	}
	if len(others) == 0 {
		return ""
	}
	return p.T("page.grounds.otherwise", "Reasons", p.List(others))
}

// lower begins a phrase in lower case, for the middle of a sentence.
func lower(s string) string {
	for i := range s {
		if i > 0 {
			return strings.ToLower(s[:i]) + s[i:]
		}
	}
	return strings.ToLower(s)
}
