package web

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"behold"
)

func lampCount(p page) string {
	if p.lamps == 0 {
		return ""
	}
	return p.Number(p.lamps)
}

// languageName is what a language calls itself.
func languageName(lang string) string {
	switch lang {
	case "da":
		return "Dansk"
	case "sv":
		return "Svenska"
	case "nb":
		return "Norsk bokmål"
	case "nl":
		return "Nederlands"
	}
	return "English"
}

func levelClass(l level) string {
	switch l {
	case 3:
		return "l3"
	case 2:
		return "l2"
	}
	return "l1"
}

func (p page) levelWord(l level) string {
	switch l {
	case 3:
		return p.T("page.level.high")
	case 2:
		return p.T("page.level.middle")
	}
	return p.T("page.level.low")
}

func (p page) levelMeans(l level) string {
	switch l {
	case 3:
		return p.T("page.level.high_means")
	case 2:
		return p.T("page.level.middle_means")
	}
	return p.T("page.level.low_means")
}

// dial is how many false lamps the company accepts.
func (p page) dial() string {
	d := p.settings.FalseLamps
	if d == float64(int(d)) {
		return p.Number(int(d))
	}
	return p.Decimal(d, 1)
}

// turned is whether the link in a column's head asks for descending order: the
// column's own first direction, and the other one when it is sorted so already.
func turned(at part, name, own string, desc bool) string {
	switch at.sorted(name, own) {
	case "ascending":
		desc = true
	case "descending":
		desc = false
	}
	if desc {
		return "1"
	}
	return ""
}

// wrongSays is what an error says in the reader's language, hint and all; "" for
// one that is known in English only.
func (p page) wrongSays(err error) string {
	var e *behold.Error
	if !errors.As(err, &e) || e.Code == "" {
		return ""
	}
	if p.Has("start.wrong." + e.Code) {
		return p.T("start.wrong."+e.Code) + " " + p.T("start.wrong."+e.Code+"_hint")
	}
	if p.Has("wrong." + e.Code) {
		return p.T("wrong." + e.Code)
	}
	key := "page.wrong." + e.Code
	for begins, area := range map[string]string{"entry_": "entry.wrong.", "case_": "case.wrong.", "playbook_": "playbook.wrong.", "survey_": "survey.wrong."} {
		if code, ok := strings.CutPrefix(e.Code, begins); ok {
			key = area + code
		}
	}
	if !p.Has(key) {
		return ""
	}
	return p.T(key)
}

// sentence is what an error says, without its causes: those are for the log.
func sentence(err error) string {
	var e *behold.Error
	if !errors.As(err, &e) {
		return ""
	}
	return capital(e.Say) + "."
}

// sentenceAbout says what is wrong with a file whose name stands above it already.
func sentenceAbout(file string, err error) string {
	var e *behold.Error
	if errors.As(err, &e) {
		return sentence(&behold.Error{Say: strings.TrimPrefix(e.Say, file+": ")})
	}
	return sentence(err)
}

func hintOf(err error) string {
	hint := behold.HintOf(err)
	if hint == "" || strings.HasSuffix(hint, ".") {
		return capital(hint)
	}
	return capital(hint) + "."
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
