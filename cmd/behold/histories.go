package main

import (
	"context"
	"math"
	"slices"
	"strconv"

	"behold"
	"behold/internal/intake"
	"behold/internal/table"
	"behold/stat/repurchase"
)

// unknown is printed as null.
var unknown = figure(math.NaN())

// histories are customers as the models of repeat buying need them.
type histories struct {
	rows      *table.Table // nil when gathered from raw transactions: no row is a customer
	name      string       // of the file
	customers []string
	buyers    []repurchase.Buyer
	spends    []float64 // mean of the repeats; 0: none seen
	traits    repurchase.Traits
	gapsKnown bool // LogGaps is filled
	unit      string
	until     string
	leftOut   []caveat
}

// The names that columns of counted histories may have, ours first. Those of
// raw transactions are the import's.
var (
	repeatsNames  = []string{"repeats", "frequency", "x"}
	lastNames     = []string{"last", "recency", "t_x", "recency_weeks", "recency_days", "recency_months"}
	ageNames      = []string{"age", "T", "T_cal", "T_weeks", "T_days", "T_months"}
	spendNames    = []string{"spend", "monetary_value", "monetary", "mean_value", "mean_repeat_value", "m"}
	weightNames   = []string{"n", "weight", "weights", "customers", "count"}
	gapsNames     = []string{"log_gaps", "litt"}
	customerNames = []string{"customer", "customer_id", "customer_no", "customer_number", "cust", "id", "kundenr", "kundenummer", "kunde", "kundnr", "kundnummer", "kund", "klantnummer", "klantnr", "klant"}
)

// histories reads the file in whichever of its two forms it has.
func (t *trial) histories(ctx context.Context, e *env) (*histories, error) {
	h, err := t.transactions(ctx, e)
	if h == nil && err == nil {
		h, err = t.summaries(e)
	}
	if err != nil {
		return nil, err
	}
	return h, t.addTraits(e, h)
}

// summaries are histories that somebody else has counted.
func (t *trial) summaries(e *env) (*histories, error) {
	rows, err := openTable(e, t.File)
	if err != nil {
		return nil, err
	}
	repeats, err := t.find(rows, repeatsNames)
	switch {
	case err != nil:
		return nil, err
	case repeats < 0:
		return nil, lacks(rows.Name, rows.Columns, "repeats, and not both a customer and a date", "give repeats,last,age, or customer,date, or say --column date=NAME")
	case t.Until != "":
		return nil, usage(rows.Name+" is counted already, up to a day of its own", "--until is for raw transactions (customer, date)")
	}
	h := &histories{rows: rows, name: rows.Name, buyers: make([]repurchase.Buyer, rows.Len())}
	counted, err := rows.Numbers(repeats)
	if err != nil {
		return nil, err
	}
	for i, x := range counted {
		h.buyers[i].Repeats = x
	}
	need := [][]string{lastNames, ageNames}
	if t.Model == "gammagamma" {
		need = [][]string{spendNames}
	}
	for _, names := range need {
		if _, err := t.need(rows, names); err != nil {
			return nil, err
		}
	}
	fill := []struct {
		names []string
		set   func(b *repurchase.Buyer, value float64)
	}{
		{lastNames, func(b *repurchase.Buyer, v float64) { b.Last = v }},
		{ageNames, func(b *repurchase.Buyer, v float64) { b.Age = v }},
		{gapsNames, func(b *repurchase.Buyer, v float64) { b.LogGaps = v; h.gapsKnown = true }},
		{weightNames, func(b *repurchase.Buyer, v float64) { b.Weight = v }},
	}
	for _, column := range fill {
		values, err := t.optional(rows, column.names)
		if err != nil {
			return nil, err
		}
		for i, v := range values {
			column.set(&h.buyers[i], v)
		}
	}
	return h, t.nameAndCheck(h)
}

// nameAndCheck adds who the customers are and what they spend.
func (t *trial) nameAndCheck(h *histories) (err error) {
	if h.customers, err = t.names(h.rows); err != nil {
		return err
	}
	if h.spends, err = t.optional(h.rows, spendNames); err != nil {
		return err
	}
	return t.positive(h.rows, weightNames)
}

// names are the customers of a file with a row for each; the number of the row
// where the file does not name them.
func (t *trial) names(rows *table.Table) ([]string, error) {
	place, err := t.find(rows, customerNames)
	if err != nil {
		return nil, err
	}
	if place >= 0 {
		return rows.Texts(place), nil
	}
	names := make([]string, rows.Len())
	for i := range names {
		names[i] = strconv.Itoa(i + 1)
	}
	return names, nil
}

// positive refuses a weight of 0, which the models take for 1.
func (t *trial) positive(rows *table.Table, names []string) error {
	place, err := t.find(rows, names)
	if err != nil || place < 0 {
		return err
	}
	values, err := rows.Numbers(place)
	if err != nil {
		return err
	}
	if row := slices.IndexFunc(values, func(v float64) bool { return v <= 0 }); row >= 0 {
		return rows.Wrong(row, place, "is not above 0", "a row stands for one customer or more; leave others out")
	}
	return nil
}

// repeatSpends are those of whom something is known: who bought again, and not
// for nothing.
func (h *histories) repeatSpends() (spends []repurchase.Spend, out []caveat) {
	free := 0
	for i, b := range h.buyers {
		switch {
		case b.Repeats <= 0:
		case h.spends[i] <= 0:
			free++
		default:
			spends = append(spends, repurchase.Spend{Occasions: b.Repeats, Mean: h.spends[i], Weight: b.Weight})
		}
	}
	if free > 0 {
		out = []caveat{{Code: "no-spend-left-out", Count: free}}
	}
	return spends, out
}

// addTraits reads the covariates of each customer.
func (t *trial) addTraits(e *env, h *histories) error {
	rows, row := h.rows, func(i int) (int, bool) { return i, true }
	switch {
	case t.Covariates == "" && len(t.Use) == 0:
		return nil
	case t.Covariates != "":
		var err error
		if rows, err = openTable(e, t.Covariates); err != nil {
			return err
		}
		known, err := t.lookup(rows)
		if err != nil {
			return err
		}
		row = func(i int) (int, bool) { at, ok := known[behold.CustomerKey(h.customers[i])]; return at, ok }
	case rows == nil:
		return usage("raw transactions have no covariates of customers", "give a file with a row for each customer: --covariates FILE")
	}
	traits, err := t.traits(rows, importedCustomer())
	if err != nil {
		return err
	}
	return h.join(rows, traits, row)
}

// importedCustomer are the names of the customers' column as the import knows
// them: beside a file of transactions lies one that came from the same program.
func importedCustomer() []string {
	return append(slices.Clone(customerNames), intake.CustomerHeaders()...)
}

// lookup finds the row of each customer, of whom each has one.
func (t *trial) lookup(rows *table.Table) (map[string]int, error) {
	place, err := t.need(rows, importedCustomer())
	if err != nil {
		return nil, err
	}
	known := map[string]int{}
	for i, name := range rows.Texts(place) {
		key := behold.CustomerKey(name)
		if first, twice := known[key]; twice {
			return nil, rows.Wrong(i, place, "stands in line "+strconv.Itoa(rows.Line(first))+" already", "every customer has one row of covariates")
		}
		known[key] = i
	}
	return known, nil
}

// join gives each customer the values of their row.
func (h *histories) join(rows *table.Table, traits []table.Trait, row func(i int) (int, bool)) error {
	for _, trait := range traits {
		h.traits.Names = append(h.traits.Names, trait.Name)
	}
	h.traits.Values = make([][]float64, len(h.buyers))
	for i := range h.buyers {
		at, ok := row(i)
		if !ok {
			return &behold.Error{Kind: behold.Invalid, Say: rows.Name + " has no row for customer " + line(h.customers[i]), Hint: "every customer needs one row of covariates"}
		}
		for _, trait := range traits {
			if math.IsNaN(trait.Values[at]) {
				return &behold.Error{Kind: behold.Invalid, Say: rows.Name + ", line " + strconv.Itoa(rows.Line(at)) + ": nothing is said of " + trait.Name, Hint: "fill it, or leave the column out with --use"}
			}
			h.traits.Values[i] = append(h.traits.Values[i], trait.Values[at])
		}
	}
	return nil
}

// traits are the columns of --use, or all whose names mean nothing else.
func (t *trial) traits(rows *table.Table, taken ...[]string) ([]table.Trait, error) {
	var places []int
	for _, name := range t.Use {
		place := rows.Find(name)
		if place < 0 {
			return nil, lacks(rows.Name, rows.Columns, name, "--use names columns as the header has them")
		}
		places = append(places, place)
	}
	if len(t.Use) == 0 {
		used := map[int]bool{}
		for _, names := range taken {
			place, err := t.find(rows, names)
			if err != nil {
				return nil, err
			}
			used[place] = true
		}
		for place := range rows.Columns {
			if !used[place] {
				places = append(places, place)
			}
		}
	}
	var traits []table.Trait
	for _, place := range places {
		columns, err := rows.Traits(place)
		if err != nil {
			return nil, err
		}
		traits = append(traits, columns...)
	}
	return traits, nil
}
