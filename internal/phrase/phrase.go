// Package phrase turns words and numbers into sentences, in every language we
// speak: English, Danish, Swedish, Norwegian (bokmål) and Dutch.
//
// It is a room of the judgement floor: pure, nothing but the catalogues that
// are embedded in it. Before it come lamp, forecast and intake, which speak in
// root nouns and keys; after it come pages, letters and the command line,
// which show what it says.
//
// # Catalogues
//
// text/AREA.LANG.toml holds the phrases of one area (lamp, word, intake, page,
// …) in one language. Keys are flat and quoted, and start with a word of their
// area; values are templates whose arguments are named:
//
//	"page.today.lamps_lit" = "{{.Customers}} lamps are lit"
//
//	["unit.days"]
//	one = "{{.N}} day"
//	other = "{{.N}} days"
//
// Every key stands in every language, with the same arguments; a test holds us
// to it and finds keys that nobody uses and keys that nobody wrote.
package phrase

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed text/*.toml
var text embed.FS

// Languages are the languages we speak, the fallback first.
func Languages() []string { return []string{"en", "da", "sv", "nb", "nl"} }

// Phrases speaks one language. It is safe for many goroutines.
type Phrases struct {
	lang     string
	words    *i18n.Localizer
	locale   locale
	currency string // of amounts that name none
}

// For gives the phrases of a language; of English when we do not speak it.
// Norwegian asked for as "no" is bokmål.
func For(lang string) *Phrases {
	all := speakers()
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	if lang == "no" || lang == "nn" {
		lang = "nb"
	}
	if p, ok := all[lang]; ok {
		return p
	}
	return all["en"]
}

// Lang is the language that is spoken, such as "da".
func (p *Phrases) Lang() string { return p.lang }

// In are the same phrases for a company that counts in a currency: an amount
// that names none is written in that one.
func (p *Phrases) In(currency string) *Phrases {
	in := *p
	in.currency = currency
	return &in
}

// T says the phrase of a key. The arguments are names and values in turn; a
// whole number among them is grouped as the language does, anything else is
// put in as it stands:
//
//	p.T("date.month", "Month", "May", "Year", "2011")
//
// A key that nobody wrote is answered with itself in brackets, so that it is
// seen; the tests see it first.
func (p *Phrases) T(key string, args ...any) string {
	return p.say(&i18n.LocalizeConfig{MessageID: key, TemplateData: p.data(args)})
}

// N says the phrase of a key in the singular or plural that n asks for; the
// phrase finds n, grouped, as {{.N}}.
func (p *Phrases) N(key string, n int, args ...any) string {
	data := p.data(args)
	data["N"] = p.Number(n)
	return p.say(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: n})
}

// Has says whether anybody wrote the key.
func (p *Phrases) Has(key string) bool {
	_, err := p.words.Localize(&i18n.LocalizeConfig{MessageID: key, PluralCount: 2})
	return err == nil
}

func (p *Phrases) say(c *i18n.LocalizeConfig) string {
	s, err := p.words.Localize(c)
	if err != nil {
		return "[" + c.MessageID + "]"
	}
	return oneStop(s)
}

// oneStop ends a sentence once where its last word ends with a stop of its own,
// as kr. does. Three dots are left.
func oneStop(s string) string {
	if !strings.Contains(s, "..") || strings.Contains(s, "...") {
		return s
	}
	return strings.ReplaceAll(s, "..", ".")
}

func (p *Phrases) data(args []any) map[string]any {
	data := make(map[string]any, len(args)/2+1)
	for i := 0; i+1 < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			name = fmt.Sprint(args[i])
		}
		switch v := args[i+1].(type) {
		case int:
			data[name] = p.Number(v)
		case int32:
			data[name] = p.Number(int(v))
		case int64:
			data[name] = p.Number(int(v))
		default:
			data[name] = v
		}
	}
	return data
}

// Match chooses the language for the Accept-Language header of a browser, or
// for any list of language tags; the fallback is used when nothing fits.
func Match(acceptLanguage, fallback string) string {
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wanted) == 0 {
		return For(fallback).lang
	}
	_, i, sure := matcher().Match(wanted...)
	if sure == language.No {
		return For(fallback).lang
	}
	return Languages()[i]
}

var matcher = sync.OnceValue(func() language.Matcher {
	var tags []language.Tag
	for _, lang := range Languages() {
		tags = append(tags, language.MustParse(lang))
	}
	return language.NewMatcher(tags)
})

// speakers reads the catalogues once. They are part of the program, so one
// that cannot be read is a broken program.
var speakers = sync.OnceValue(func() map[string]*Phrases {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	files, err := text.ReadDir("text")
	if err != nil {
		panic(err)
	}
	for _, f := range files {
		if _, err := bundle.LoadMessageFileFS(text, "text/"+f.Name()); err != nil {
			panic(fmt.Errorf("phrase: %s: %w", f.Name(), err))
		}
	}
	all := make(map[string]*Phrases)
	for _, lang := range Languages() {
		all[lang] = &Phrases{lang: lang, words: i18n.NewLocalizer(bundle, lang), locale: localeOf(lang)}
	}
	return all
})
