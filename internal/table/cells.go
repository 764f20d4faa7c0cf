package table

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Texts is a column as it was written, without blanks around.
func (t *Table) Texts(column int) []string {
	texts := make([]string, len(t.rows))
	for i, row := range t.rows {
		texts[i] = strings.TrimSpace(row[column])
	}
	return texts
}

// Numbers is a column of finite numbers; none may be missing.
func (t *Table) Numbers(column int) ([]float64, error) {
	numbers := make([]float64, len(t.rows))
	for i, text := range t.Texts(column) {
		x, ok := number(text, t.comma)
		if !ok {
			return nil, t.Wrong(i, column, "is no number", "write numbers as 12.5; every row needs one")
		}
		numbers[i] = x
	}
	return numbers, nil
}

// Flags is a column of yes and no: 1 and 0, true and false, yes and no.
func (t *Table) Flags(column int) ([]bool, error) {
	flags := make([]bool, len(t.rows))
	for i, text := range t.Texts(column) {
		switch strings.ToLower(text) {
		case "1", "1.0", "true", "yes", "y", "t":
			flags[i] = true
		case "0", "0.0", "false", "no", "n", "f":
		default:
			return nil, t.Wrong(i, column, "is neither yes nor no", "write 1 for who left and 0 for who is still here")
		}
	}
	return flags, nil
}

// Outcomes is a column of finite numbers, or of yes and no as 1 and 0; NaN where
// the cell is empty.
func (t *Table) Outcomes(column int) ([]float64, error) {
	values := make([]float64, t.Len())
	for i, text := range t.Texts(column) {
		values[i] = math.NaN()
		if missing(text) {
			continue
		}
		x, ok := number(text, t.comma)
		if !ok {
			if x, ok = answered(text); !ok {
				return nil, t.Wrong(i, column, "is no number, nor yes or no", "write 12.5, or 1 for yes and 0 for no; leave empty what is not known")
			}
		}
		values[i] = x
	}
	return values, nil
}

// answered is 1 for yes and 0 for no.
func answered(text string) (float64, bool) {
	switch strings.ToLower(text) {
	case "true", "yes", "y", "t", "ja", "j":
		return 1, true
	case "false", "no", "n", "f", "nej", "nei", "nee":
		return 0, true
	}
	return 0, false
}

// maxLevels is how many different words a column of categories may have.
const maxLevels = 30

// A Trait is a column as a regression takes it. What was written as words
// becomes one column of 0 and 1 for each word but the first in the alphabet.
type Trait struct {
	Name   string
	Values []float64 // NaN where the cell is empty
}

// Traits is a column as numbers, or its words as columns of 0 and 1.
func (t *Table) Traits(column int) ([]Trait, error) {
	texts, values, bad := t.Texts(column), make([]float64, t.Len()), -1
	levels := map[string]bool{}
	for i, text := range texts {
		values[i] = math.NaN()
		if missing(text) {
			continue
		}
		x, ok := number(text, t.comma)
		if !ok && bad < 0 {
			bad = i
		}
		values[i] = x
		if len(levels) <= maxLevels {
			levels[text] = true
		}
	}
	switch {
	case bad < 0:
		return []Trait{{t.Columns[column], values}}, nil
	case len(levels) > maxLevels:
		return nil, t.Wrong(bad, column, "is no number, and the column has too many different words to be one of groups", "name the columns that matter with --use COLUMN,COLUMN")
	}
	return split(t.Columns[column], texts, levels), nil
}

// split makes a column for each level but the first.
func split(name string, texts []string, levels map[string]bool) []Trait {
	words := make([]string, 0, len(levels))
	for word := range levels {
		words = append(words, word)
	}
	slices.Sort(words)
	var traits []Trait
	for _, word := range words[1:] {
		trait := Trait{name + "=" + word, make([]float64, len(texts))}
		for i, text := range texts {
			switch {
			case text == word:
				trait.Values[i] = 1
			case missing(text):
				trait.Values[i] = math.NaN()
			}
		}
		traits = append(traits, trait)
	}
	if len(traits) == 0 { // one word for all: a column that tells nothing
		return []Trait{{name, make([]float64, len(texts))}}
	}
	return traits
}

// Wrong is the error of a cell, with its line.
func (t *Table) Wrong(row, column int, why, hint string) error {
	cell := strings.TrimSpace(t.rows[row][column])
	if len(cell) > 40 {
		cell = strings.ToValidUTF8(cell[:40], "") + "…"
	}
	return invalid(fmt.Sprintf("%s, line %d, column %s: %q %s", t.Name, t.lines[row], t.Columns[column], cell, why), hint)
}

func missing(text string) bool {
	switch strings.ToLower(text) {
	case "", "na", "n/a", "nan", "null", "none", "-":
		return true
	}
	return false
}

// number reads 12.5, and where a comma does not part the cells also 1.234,5.
func number(text string, comma rune) (float64, bool) {
	if comma != ',' && strings.Contains(text, ",") {
		text = strings.ReplaceAll(strings.ReplaceAll(text, ".", ""), ",", ".")
	}
	if text == "" || strings.ContainsAny(text, "xXpP_") { // hexadecimals and 1_000 are for programs
		return 0, false
	}
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil && !math.IsInf(x, 0) && !math.IsNaN(x)
}
