package main

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"behold"
	"behold/stat"
)

// A report is what fit prints (DESIGN 5). predict takes it back with --params.
type report struct {
	Model         string     `json:"model"`
	Params        params     `json:"params"`
	LogLikelihood figure     `json:"log_likelihood"`
	Customers     figure     `json:"customers"`
	Seconds       figure     `json:"seconds"`
	Converged     bool       `json:"converged"`
	Caveats       []caveat   `json:"caveats"`
	Boundary      string     `json:"boundary,omitempty"` // in words, what the data do not tell
	Unit          string     `json:"unit,omitempty"`     // of time
	Until         string     `json:"until,omitempty"`    // last day learnt from
	Estimates     []estimate `json:"estimates,omitempty"`
	Resampled     []estimate `json:"resampled,omitempty"` // the estimates with ranges from --resamples
	Tests         []test     `json:"tests,omitempty"`
	Groups        []group    `json:"groups,omitempty"`
	Left          *figure    `json:"left,omitempty"` // customers who left (cox)
	Concordance   *figure    `json:"concordance,omitempty"`
	Robust        bool       `json:"robust,omitempty"` // errors allow for rows of one cluster
}

type estimate struct {
	Name   string  `json:"name"`
	Value  figure  `json:"value"`
	StdErr figure  `json:"std_err"` // null where the data do not tell
	Low    figure  `json:"low"`
	High   figure  `json:"high"`
	Ratio  *figure `json:"ratio,omitempty"` // hazard ratio, e to the value
	P      *figure `json:"p,omitempty"`
}

type test struct {
	Name      string `json:"name"`
	ChiSquare figure `json:"chi_square"`
	Freedom   int    `json:"freedom"`
	P         figure `json:"p"`
}

type group struct {
	Group     string `json:"group"`
	Customers figure `json:"customers"`
	Left      figure `json:"left"`
	Median    figure `json:"median"` // half-life; null: not reached
	Low       figure `json:"low"`
	High      figure `json:"high"`
}

type caveat struct {
	Code  string `json:"code"`
	Says  string `json:"says"`            // the code as a sentence
	Group string `json:"group,omitempty"` // of km
	Count int    `json:"count,omitempty"`
	Value figure `json:"value"`
	Limit figure `json:"limit"`
}

// converged is false where the search was cut short.
func converged(found []stat.Caveat) bool {
	return !slices.ContainsFunc(found, func(c stat.Caveat) bool { return c.Code == "not-settled" })
}

// A figure is a number in JSON with all its digits; what is not finite is null.
type figure float64

func (f figure) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(f)) || math.IsInf(float64(f), 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(f))
}

func (f *figure) UnmarshalJSON(b []byte) error {
	x := math.NaN()
	if string(b) != "null" {
		if err := json.Unmarshal(b, &x); err != nil {
			return err
		}
	}
	*f = figure(x)
	return nil
}

func pointer(x float64) *figure { f := figure(x); return &f }

// params are named numbers, printed in the order of the model.
type params []param

type param struct {
	name  string
	value float64
}

func (p params) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	for i, one := range p {
		name, err := encode(one.name)
		if err != nil {
			return nil, err
		}
		value, err := figure(one.value).MarshalJSON()
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%s%s:%s", []string{"{", ","}[min(i, 1)], name, value)
	}
	if len(p) == 0 {
		return []byte("{}"), nil
	}
	return []byte(b.String() + "}"), nil
}

func (p *params) UnmarshalJSON(b []byte) error {
	var named map[string]figure
	if err := json.Unmarshal(b, &named); err != nil {
		return err
	}
	for name, value := range named {
		*p = append(*p, param{name, float64(value)})
	}
	slices.SortFunc(*p, func(a, b param) int { return strings.Compare(a.name, b.name) })
	return nil
}

// get is a number by its name.
func (p params) get(name string) (float64, bool) {
	for _, one := range p {
		if one.name == name {
			return one.value, true
		}
	}
	return 0, false
}

// all are the numbers of these names, in their order.
func (p params) all(model string, names ...string) ([]float64, error) {
	values := make([]float64, len(names))
	for i, name := range names {
		value, ok := p.get(name)
		if !ok || !stat.Finite(value) {
			return nil, &behold.Error{Kind: behold.Invalid, Say: "the file of --params has no number " + name, Hint: "give it what behold fit " + model + " printed"}
		}
		values[i] = value
	}
	return values, nil
}
