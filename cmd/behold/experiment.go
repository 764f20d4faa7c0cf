package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"behold"
	"behold/internal/table"
	"behold/stat"
	"behold/stat/effect"
)

// An experiment is a file of customers whom a lot put into arms.
type experiment struct {
	name     string // of the file
	control  arm
	arms     []arm // the others, in the order of the alphabet
	outcome  []float64
	traits   []table.Trait // filled everywhere
	warnings []caveat      // of the file as a whole
	left     leftOut
}

// An arm is the customers who were given the same.
type arm struct {
	name string
	rows []int // of the file, from 0
	gone int   // of whom the outcome is missing
}

// leftOut are rows that say too little.
type leftOut struct{ noArm, noOutcome int }

func (l leftOut) rows() int { return l.noArm + l.noOutcome }

func (l leftOut) say(e *env, c *effectCmd) {
	if l.noArm > 0 {
		fmt.Fprintf(e.Stderr, "note: %s left out, in which %s is empty.\n", was(l.noArm, "row"), line(c.Arm))
	}
	if l.noOutcome > 0 {
		fmt.Fprintf(e.Stderr, "note: %s left out, in which %s is empty.\n", was(l.noOutcome, "row"), line(c.Outcome))
	}
}

// mostArms is how many a column of arms may have: one with more is of something else.
const mostArms = 50

// read finds the columns and parts the rows by arm.
func (c *effectCmd) read(rows *table.Table) (*experiment, error) {
	place, err := column(rows, c.Arm, "--arm")
	if err != nil {
		return nil, err
	}
	came, err := column(rows, c.Outcome, "--outcome")
	if err != nil {
		return nil, err
	}
	x := &experiment{name: rows.Name}
	if x.outcome, err = rows.Outcomes(came); err != nil {
		return nil, err
	}
	all, err := x.part(rows, place)
	if err != nil {
		return nil, err
	}
	if err := x.choose(all, c, rows.Columns[place]); err != nil {
		return nil, err
	}
	x.unlike(rows.Columns[came])
	return x, x.addTraits(rows, c.Covariates)
}

// column is the place of one that a flag names.
func column(rows *table.Table, name, flag string) (int, error) {
	if place := rows.Find(name); place >= 0 && table.Fold(name) != "" {
		return place, nil
	}
	return 0, lacks(rows.Name, rows.Columns, name, flag+" names a column as the header has it")
}

// part puts every row with an arm and an outcome into its arm. Letter case makes
// no other arm.
func (x *experiment) part(rows *table.Table, place int) ([]arm, error) {
	var all []arm
	places := map[string]int{}
	for i, text := range rows.Texts(place) {
		key := strings.ToLower(text)
		if key == "" || key == "na" || key == "nan" || key == "null" || key == "n/a" {
			x.left.noArm++
			continue
		}
		at, known := places[key]
		if !known {
			at = len(all)
			if at == mostArms {
				return nil, &behold.Error{
					Kind: behold.Invalid, Say: fmt.Sprintf("%s: column %s has more than %d different values", x.name, rows.Columns[place], mostArms),
					Hint: "--arm is the column that says what the lot gave, such as letter and none",
				}
			}
			places[key], all = at, append(all, arm{name: text})
		}
		if math.IsNaN(x.outcome[i]) {
			x.left.noOutcome++
			all[at].gone++
			continue
		}
		all[at].rows = append(all[at].rows, i)
	}
	slices.SortFunc(all, func(a, b arm) int { return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name)) })
	return all, nil
}

// controls are what a control is usually called, in the languages of the house.
var controls = []string{
	"control", "controlgroup", "kontrol", "kontrolgruppe", "kontroll", "kontrollgrupp", "kontrollgruppe", "controle", "controlegroep",
	"holdout", "heldout", "placebo", "none", "ingen", "inget", "geen", "untreated", "ubehandlet", "obehandlad", "onbehandeld",
	"0", "no", "false", "nej", "nei", "nee",
}

// choose tells the control from the other arms.
func (x *experiment) choose(all []arm, c *effectCmd, header string) error {
	var names []string
	for _, a := range all {
		names = append(names, a.name)
	}
	bad := func(say, hint string) error {
		return &behold.Error{Kind: behold.Invalid, Say: fmt.Sprintf("%s: %s", x.name, line(say)), Hint: line(hint)}
	}
	if len(all) < 2 {
		return bad(fmt.Sprintf("column %s has %s: there is nothing to compare", header, counted(len(all), "arm")), "an experiment has a control and at least one more arm; found: "+quoted(names))
	}
	at := slices.IndexFunc(all, func(a arm) bool { return strings.EqualFold(a.name, strings.TrimSpace(c.Control)) })
	if c.Control == "" {
		at = usualControl(all)
		if at < 0 {
			return bad("which arm is the control?", "say --control VALUE, one of "+quoted(names))
		}
	}
	if at < 0 {
		return bad(fmt.Sprintf("no row of column %s is %q", header, c.Control), "--control is one of "+quoted(names))
	}
	x.control = all[at]
	x.arms = slices.Delete(all, at, at+1)
	for _, a := range append([]arm{x.control}, x.arms...) {
		if len(a.rows) == 0 {
			return bad(fmt.Sprintf("of arm %s no outcome is known", a.name), "is --outcome the right column? leave arms out that are not finished")
		}
	}
	return nil
}

// usualControl is the only arm whose name means that nothing was done, or −1.
func usualControl(all []arm) int {
	found := -1
	for i, a := range all {
		first, _, more := strings.Cut(strings.ToLower(a.name), " ")
		if slices.Contains(controls, table.Fold(a.name)) || more && slices.Contains([]string{"no", "ingen", "inget", "geen"}, first) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

func quoted(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return `"` + strings.Join(names, `", "`) + `"`
}

// unlike warns when outcomes are missing more often in one arm than in the control:
// then those left are not alike any more.
func (x *experiment) unlike(outcome string) {
	gone, n := float64(x.control.gone), float64(x.control.gone+len(x.control.rows))
	for _, a := range x.arms {
		b, m := float64(a.gone), float64(a.gone+len(a.rows))
		both := (gone + b) / (n + m)
		if z := math.Abs(gone/n-b/m) / math.Sqrt(both*(1-both)*(1/n+1/m)); z > 2.58 { // one chance in a hundred
			x.warnings = append(x.warnings, caveat{
				Code: "missing-unlike", Group: a.name, Count: a.gone, Value: figure(b / m), Limit: figure(gone / n),
				Says: fmt.Sprintf("%s is missing of %.3g %% here and of %.3g %% of the control: those who are left are not alike, whatever the range says.", line(outcome), 100*b/m, 100*gone/n),
			})
		}
	}
}

// addTraits reads the covariates; an empty cell becomes the mean of the others.
func (x *experiment) addTraits(rows *table.Table, names []string) error {
	for _, name := range names {
		place, err := column(rows, name, "--covariates")
		if err != nil {
			return err
		}
		traits, err := rows.Traits(place)
		if err != nil {
			return err
		}
		for i, trait := range traits {
			if empty := fill(trait.Values); empty > 0 && i == 0 {
				x.warnings = append(x.warnings, caveat{
					Code: "filled", Count: empty, Says: fmt.Sprintf("%s is empty in %s, and counts there as the mean.", line(rows.Columns[place]), counted(empty, "row")),
				})
			}
		}
		x.traits = append(x.traits, traits...)
	}
	return nil
}

// fill puts the mean where nothing is known, and says how often.
func fill(values []float64) (empty int) {
	n, mean := 0.0, 0.0
	for _, v := range values {
		if !math.IsNaN(v) {
			n++
			mean += (v - mean) / n
		}
	}
	for i, v := range values {
		if math.IsNaN(v) {
			values[i] = mean
			empty++
		}
	}
	return empty
}

// compare is what an arm did.
func (x *experiment) compare(a arm, level float64) (effect.Difference, error) {
	of := effect.Outcomes{Treated: x.outcomes(a), Control: x.outcomes(x.control)}
	if len(x.traits) == 0 {
		return effect.Differ(of, level)
	}
	return effect.Adjust(of, x.covariates(a), x.covariates(x.control), level)
}

func (x *experiment) outcomes(a arm) []float64 {
	list := make([]float64, len(a.rows))
	for i, row := range a.rows {
		list[i] = x.outcome[row]
	}
	return list
}

func (x *experiment) covariates(a arm) [][]float64 {
	list, cells := make([][]float64, len(a.rows)), make([]float64, len(a.rows)*len(x.traits))
	for i, row := range a.rows {
		list[i], cells = cells[:len(x.traits):len(x.traits)], cells[len(x.traits):]
		for j, trait := range x.traits {
			list[i][j] = trait.Values[row]
		}
	}
	return list
}

// both is how many customers an arm and the control have.
func (x *experiment) both(a arm) int { return len(a.rows) + len(x.control.rows) }

// curve is whether choosing by the covariates pays. What is foreseen without them
// is the mean of both arms.
func (x *experiment) curve(a arm, c *effectCmd) (effect.Qini, error) {
	turn := 1.0
	if c.Better == "less" {
		turn = -1
	}
	var all []effect.Episode
	mean, chance := 0.0, float64(len(a.rows))/float64(x.both(a))
	for i, group := range []arm{a, x.control} {
		for _, y := range x.outcomes(group) {
			all = append(all, effect.Episode{Treated: i == 0, Chance: chance, Outcome: turn * y})
			mean += (turn*y - mean) / float64(len(all))
		}
	}
	for i := range all {
		all[i].With, all[i].Without = mean, mean
	}
	features := slices.Concat(x.covariates(a), x.covariates(x.control))
	const ridge = 100 // counts as a hundred customers who say that all respond alike
	return effect.LearnQini(all, features, ridge, effect.Resampling{Level: c.Level, Seed: c.Seed})
}

// caveats are those of an answer and of the file, each with its sentence.
func (x *experiment) caveats(found []stat.Caveat) []caveat {
	list := caveats(found, nil, nil)
	for i := range list {
		if list[i].Says == list[i].Code {
			list[i].Says = ofArm(list[i])
		}
	}
	return append(list, x.warnings...)
}

func ofArm(c caveat) string {
	limit := fmt.Sprintf("%g", float64(c.Limit))
	switch c.Code {
	case "few-treated":
		return fmt.Sprintf("%s in this arm: fewer than %s, the range is only a hint.", counted(c.Count, "customer"), limit)
	case "few-control":
		return fmt.Sprintf("%s in the control: fewer than %s, the range is only a hint.", counted(c.Count, "customer"), limit)
	case "few-events":
		return fmt.Sprintf("The rarer outcome came %s in one of the two, fewer than %s: the range is only a hint.", counted(c.Count, "time"), limit)
	case "few-held":
		return fmt.Sprintf("%s in the smaller of the two, fewer than %s.", counted(c.Count, "customer"), limit)
	case "few-episodes":
		return fmt.Sprintf("%s, fewer than %s.", counted(c.Count, "customer"), limit)
	case "no-spread":
		return "The outcome is the same for all: nothing can be told."
	case "no-range":
		return "One customer does not tell how customers differ: there is no range."
	case "too-few-to-adjust":
		return fmt.Sprintf("%s in the smaller of the two are too few for so many covariates; they were left out.", counted(c.Count, "customer"))
	case "few-resamples":
		return fmt.Sprintf("Only %d of the %s resamples had both arms.", c.Count, limit)
	}
	return c.Code
}
