package intake

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"time"

	"behold"
)

// asRead says what each example of a column is read as, in one writing for all
// files (behold.ColumnUse.Read); nil for columns of text.
func (p *plan) asRead(i int) []string {
	f := p.fields[i]
	if f.isItem() || p.table == behold.TableAnswers && f == answerField("value") {
		return p.answersRead(i)
	}
	form, words := p.form(f)
	if form == behold.FormText {
		return nil
	}
	out := make([]string, 0, len(p.examples[i]))
	for _, raw := range p.examples[i] {
		out = append(out, p.exampleRead(i, form, words, raw))
	}
	return out
}

// form is how values of a field are written, with the words of a closed list.
func (p *plan) form(f field) (behold.Form, behold.Column) {
	for _, c := range p.table.Fields() {
		if f != attribute && c.Name == f.String() {
			return c.Form, c
		}
	}
	return behold.FormText, behold.Column{}
}

func (p *plan) exampleRead(i int, form behold.Form, c behold.Column, raw string) string {
	if isEmptyWord(raw) {
		return ""
	}
	switch form {
	case behold.FormMoment, behold.FormDay, behold.FormMonth:
		return p.dateRead(i, form, raw)
	case behold.FormMoney, behold.FormNumber, behold.FormCount:
		return p.numberRead(i, form, raw)
	case behold.FormFlag:
		switch yesOrNo(raw) {
		case 1:
			return "yes"
		case 0:
			return "no"
		}
		return ""
	}
	if c.Name == "kind" {
		return customerKind(raw)
	}
	column := readColumn{Column: c, words: map[string]string{}, first: wordsOf(c)}
	return column.word(raw)
}

func (p *plan) dateRead(i int, form behold.Form, raw string) string {
	if form == behold.FormMonth {
		if day, ok := month([]byte(raw)); ok {
			return day.String()
		}
	}
	c := clock{form: p.dates[i]}
	at, why := c.parse([]byte(raw))
	if why != "" {
		return "?" + why
	}
	day := behold.Day(floorDiv(at, microsOfDay))
	if form != behold.FormMoment || at%microsOfDay == 0 {
		return day.String()
	}
	return time.UnixMicro(at).UTC().Format("2006-01-02 15:04")
}

func (p *plan) numberRead(i int, form behold.Form, raw string) string {
	d, why := p.numbers[i].parse([]byte(raw))
	if why != "" {
		return "?" + why
	}
	if form != behold.FormMoney || d.scale > p.digits {
		return strconv.FormatFloat(d.float(), 'f', -1, 64)
	}
	minor, fits := d.minor(p.digits)
	if !fits || math.Abs(float64(minor)) > 1<<53 {
		return "?" + WhyNumberTooLarge
	}
	return strings.TrimSpace(behold.Money{Minor: minor, Currency: p.currency}.Decimal())
}

// answersRead says what the examples of a column of answers are on its scale.
func (p *plan) answersRead(i int) []string {
	c := p.values
	for _, item := range p.items {
		if item.at == i {
			c = item
		}
	}
	if c.item == why {
		return nil
	}
	out := make([]string, 0, len(p.examples[i]))
	for _, raw := range p.examples[i] {
		value, of, ok := rating(raw, c.extreme)
		said := strconv.FormatFloat(value, 'f', -1, 64)
		if most := cmp.Or(of, c.scale); most > 0 {
			said += "/" + strconv.FormatFloat(most, 'f', -1, 64)
		}
		switch {
		case isEmptyWord(raw):
			said = ""
		case !ok:
			said = "?" + WhyNotANumber
		}
		out = append(out, said)
	}
	return out
}
