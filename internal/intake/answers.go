package intake

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"

	"behold"
)

// Answers come in two shapes: a row for each item, as the import contract has it,
// or, as most survey tools export them, a row for each form with a column for each
// question. The second one is read through fields that only intake knows, one for
// each item; a row then becomes as many records as it has answers.

// itemFields are those fields, in the order of the items.
func itemFields() []recordColumn {
	var out []recordColumn
	c := behold.TableAnswers.Columns()[behold.TableAnswers.Column("item")]
	for _, item := range c.Words {
		out = append(out, recordColumn{behold.Column{Name: item, Form: behold.FormNumber}, behold.TableAnswers})
	}
	return out
}

// isItem says whether the field is the column of one question.
func (f field) isItem() bool {
	return f >= fields && int(f-fields) >= len(recordColumns)-itemCount
}

var itemCount = len(itemFields())

// made says whether a column that the table asks for can be made from others: an
// answer is one by its customer and its time, and a column for each question says
// which item it is.
func (h *heading) made(f field) bool {
	if h.table != behold.TableAnswers || f < fields || f.isItem() {
		return false
	}
	switch f.column().Name {
	case "answer":
		return true
	case "item":
		return h.wide()
	}
	return false
}

// wide says whether each question has a column of its own.
func (h *heading) wide() bool {
	return h.table == behold.TableAnswers && h.column(answerField("item")) < 0 && slices.ContainsFunc(h.fields, field.isItem)
}

func answerField(name string) field {
	return recordField(behold.TableAnswers, behold.TableAnswers.Column(name))
}

// addressHeaders name whom a survey was sent to. In a table of answers that is the
// customer when nothing better is.
var addressHeaders = []string{
	"email", "emailaddress", "mail", "requestsentto", "recipientemail", "respondentemail", "contactemail", "customeremailaddress", "externalid", "userid", "extinteractionid",
	"mailadresse", "epost", "epostadress", "epostadresse", "emailadresse", "emailadres", "kundemail", "kundemailadresse", "klantemail",
}

const addressRank = 900

// asksFor finds out from a whole question which item it asks for: tools put the
// words of the question into the header.
func asksFor(header string) string {
	words := strings.FieldsFunc(header, func(r rune) bool {
		return r == ' ' || r == '\u00a0' || r == ':' || r == '?' || r == ',' || r == '-' || r == '('
	})
	if len(words) < 3 {
		return ""
	}
	for i := range words {
		words[i] = fold(words[i])
	}
	asked := " " + strings.Join(words, " ")
	for _, q := range questionStems() {
		if slices.ContainsFunc(strings.Split(q.stems, "|"), func(s string) bool { return strings.Contains(asked, " "+s) }) {
			return q.item
		}
	}
	return ""
}

type stem struct{ item, stems string }

// questionStems are how words or runs of words begin, folded, by which a question is
// known; what asks for a reason comes first, since it often names the item it
// follows.
func questionStems() []stem {
	return []stem{
		{why, "why|what is the reason|what is the main reason|main reason|primary reason|reason for your|tell us more|anything else|hvorfor|hvad er aarsag|hvad er grund|begrund|uddyb|varfor|vad ar orsak|anledningen till|motivera" +
			"|hva er grunn|hva er aarsak|waarom|wat is de reden|reden voor|licht uw|licht je|warum|was ist der grund|grund fur|miksi"},
		{"recommend", "recommend|anbefal|rekommender|aanbevel|aanbeveel|aanraden|aanraad|empfehl|weiterempfehl|suosittel"},
		{"repurchase", "buy again|buy from us again|purchase again|order again|shop again|kobe igen|kobe hos os igen|handle igen|handle hos os igen|kopa igen|handla igen|handla hos oss igen|kjope igjen|handle igjen|handle hos oss igjen" +
			"|opnieuw kopen|opnieuw bestellen|weer kopen|weer bestellen|nog eens kopen|wieder kaufen|erneut kaufen|wieder bestellen|ostaa uudelleen"},
		{"effort", "how easy|easy for you|made it easy|effort|hvor nemt|hvor let|var nemt|var det nemt|nemt det var|indsats|hur latt|hur enkelt|latt det var|anstrang|hvor enkelt|hvor lett|innsats" +
			"|hoe makkelijk|hoe gemakkelijk|makkelijk|moeite|wie einfach|wie leicht|aufwand|kuinka helppo|miten helppo"},
		{"satisfaction", "satisf|tilfreds|nojd|fornoyd|tevreden|zufrieden|tyytyvai"},
	}
}

// scaleIn is the best value that a header names: "(1-5)", "0–10", "av 7".
func scaleIn(header string) float64 {
	digits := func(r rune) bool { return r < '0' || r > '9' }
	parts := strings.FieldsFunc(header, digits)
	if len(parts) != 2 || parts[0] != "0" && parts[0] != "1" {
		return 0
	}
	most, err := strconv.ParseFloat(parts[1], 64)
	if err != nil || !slices.Contains(usualScales, most) {
		return 0
	}
	return most
}

var usualScales = []float64{5, 7, 10, 100}

// usualScale is the best value of an item where nobody says it (CONVENTIONS of the
// trade: NPS 0 to 10, effort 1 to 7, the others in five verbal levels).
func usualScale(item string) float64 {
	switch item {
	case "recommend":
		return 10
	case "effort":
		return 7
	}
	return 5
}

// scaleMet widens or narrows the usual scale of an item by the greatest of so many
// values that were met, the least being zero or more. 0: no scale on which "very
// satisfied" could be a point.
func scaleMet(item string, least, most float64, n int) float64 {
	const enough = 20 // values that do not reach beyond 5 show that a scale ends there
	usual := usualScale(item)
	switch {
	case n == 0 || item == "recommend":
		return usual
	case least == 0 && most <= 3:
		return 0 // thumbs or faces: 0 and 1, or 0 to 2
	case item == "effort" && most <= 5 && n >= enough:
		return 5
	}
	for _, scale := range usualScales {
		if scale >= usual && scale >= most {
			return scale
		}
	}
	return 0
}

// rating is what an answer on a scale says: a number, a number of a number ("9/10"),
// a number with its label ("5 - Very satisfied") or a label alone. most is 0 when
// the cell does not show the scale.
func rating(cell string, extreme bool) (value, most float64, ok bool) {
	cell = strings.TrimSpace(strings.ReplaceAll(cell, "\u00a0", " "))
	end := strings.IndexFunc(cell, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' })
	if end < 0 {
		end = len(cell)
	}
	number, err := strconv.ParseFloat(strings.Replace(cell[:end], ",", ".", 1), 64)
	rest := strings.TrimSpace(cell[end:])
	if err != nil {
		return labelled(cell, extreme)
	}
	if rest == "" {
		return number, 0, true
	}
	if of, found := strings.CutPrefix(rest, "/"); found {
		most, err := strconv.ParseFloat(strings.TrimSpace(of), 64)
		return number, most, err == nil && most > 0
	}
	if strings.ContainsRune("-–—:.=(", []rune(rest)[0]) {
		return number, 0, true
	}
	return 0, 0, false
}

// labelled is the place of a verbal label among the five of its kind.
func labelled(cell string, extreme bool) (value, most float64, ok bool) {
	folded := fold(cell)
	for _, levels := range scaleLabels(extreme) {
		for i, level := range levels {
			if slices.Contains(strings.Fields(level), folded) {
				return float64(i + 1), 5, true
			}
		}
	}
	return 0, 0, false
}

// saysExtremely says whether a label belongs to the scales on which "very
// satisfied" is the last but one.
func saysExtremely(cell []byte) bool {
	if len(cell) > 60 || len(cell) == 0 || cell[0] >= '0' && cell[0] <= '9' {
		return false
	}
	folded := fold(string(cell))
	return strings.HasPrefix(folded, "extremelysatisfied") || strings.HasPrefix(folded, "extremelylikely") || strings.HasPrefix(folded, "notatall") || strings.HasPrefix(folded, "notso") || strings.HasPrefix(folded, "extremeleicht")
}

// An itemColumn is the column of one question.
type itemColumn struct {
	at      int
	item    string
	scale   float64 // 0: it has none
	extreme bool
}

// itemColumns are the columns of questions with the scales that header and values
// show.
func (l *learner) itemColumns() {
	p := l.p
	if p.table != behold.TableAnswers {
		return
	}
	p.values.scale, p.values.at = 0, p.at[answerField("value")]
	if p.values.at >= 0 {
		p.values.extreme = l.seen[p.values.at].extreme
	}
	if !p.wide() {
		return
	}
	for i, f := range p.fields {
		if !f.isItem() {
			continue
		}
		c := itemColumn{at: i, item: f.String()}
		if c.item != why {
			e := &l.seen[i]
			c.extreme = e.extreme
			if c.scale = scaleIn(p.headers[i]); c.scale == 0 {
				c.scale = scaleMet(c.item, e.least, e.most, e.rated)
			}
			if e.labels > 0 && e.rated == 0 {
				c.scale = 5
			}
			p.note(NoteItemScale, "column", p.headers[i], "field", c.item, "scale", strconv.FormatFloat(c.scale, 'f', -1, 64))
		}
		p.items = append(p.items, c)
	}
	if text := p.at[answerField("text")]; text >= 0 && p.at[itemField(why)] < 0 {
		p.items = append(p.items, itemColumn{at: text, item: why})
	}
}

const why = "why"

func itemField(item string) field {
	f, _ := fieldNamed(item, behold.TableAnswers)
	return f
}

// rate gathers what the values of a column show about its scale.
func (e *evidence) rate(v []byte) {
	if saysExtremely(v) {
		e.extreme = true
	}
	value, of, ok := rating(string(v), false)
	switch {
	case !ok || of == 5 && (v[0] < '0' || v[0] > '9'):
		e.labels += count(ok)
		return
	case e.rated == 0:
		e.least, e.most = value, value
	}
	e.rated++
	e.least, e.most = min(e.least, value), max(e.most, value, of)
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// answersRow makes a row into as many records as it has answers.
func (w *parser) answersRow(recordedAt int64) {
	at := func(name string) *readColumn { return &w.record.columns[behold.TableAnswers.Column(name)] }
	item, value, scale, text := at("item"), at("value"), at("scale_max"), at("text")
	n := int64(0)
	for _, c := range w.p.items {
		cell := w.textAt(c.at)
		if cell == "" || isEmptyWord(cell) {
			continue
		}
		item.text, text.text, value.number, scale.number = c.item, "", math.NaN(), math.NaN()
		if c.item == why {
			text.text = cell
		} else if !w.onScale(c, cell, value, scale) {
			n++
			continue
		}
		w.addRecord(recordedAt)
		n++
	}
	if n == 0 {
		w.reject(-1, WhyUnanswered)
		return
	}
	w.b.read += n - 1 // of a row with several answers each is read
}

// onScale reads an answer; one that its scale does not have is rejected alone.
func (w *parser) onScale(c itemColumn, cell string, value, scale *readColumn) bool {
	v, of, ok := rating(cell, c.extreme)
	most := c.scale
	if of > 0 {
		most = of
	}
	switch {
	case !ok:
		w.reject(c.at, WhyNotANumber)
	case most == 0 || v > most || v < 0 || v == 0 && c.item != "recommend" && most < 10:
		w.reject(c.at, WhyOffScale)
	default:
		value.number, scale.number = v, most
		return true
	}
	return false
}

// rateValue reads the answer of a row of its own, in the words of a scale too.
func (w *parser) rateValue(c *readColumn, cell []byte) string {
	v, of, ok := rating(string(cell), w.p.values.extreme)
	if !ok || !bytes.ContainsFunc(cell, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' }) {
		return "?"
	}
	c.number = v
	w.of = of
	return ""
}

// usual fills in what a row of its own leaves out: its name and its scale.
func (w *parser) usual() {
	columns := w.record.columns
	at := func(name string) *readColumn { return &columns[behold.TableAnswers.Column(name)] }
	answer, value, scale := at("answer"), at("value"), at("scale_max")
	if answer.text == "" {
		when := at("answered_at").whole
		answer.text = w.b.texts.add(append(append([]byte(at("customer").text), ' '), momentText(when)...))
	}
	if item := at("item").text; math.IsNaN(scale.number) && !math.IsNaN(value.number) && item != "" {
		if most := usualScale(item); w.of > 0 {
			scale.number = w.of
		} else if value.number <= most && value.number >= 0 {
			scale.number = most
		}
	}
	w.of = 0
}

func momentText(at int64) string {
	if at%microsOfDay == 0 {
		return behold.Day(at / microsOfDay).String()
	}
	return behold.Day(floorDiv(at, microsOfDay)).String() + " " + strconv.FormatInt((at-floorDiv(at, microsOfDay)*microsOfDay)/1_000_000, 10)
}

// Rating is what an answer on a scale of so many points says, in figures or in the
// words of a verbal scale of five: "9/10", "5 - Very satisfied", "meget tilfreds".
func Rating(cell string, most int) (value float64, ok bool) {
	value, of, ok := rating(cell, false)
	return value, ok && (of == 0 || of == float64(most))
}
