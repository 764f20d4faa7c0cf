package survey

import (
	"embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"behold"
)

//go:embed text/*.toml
var texts embed.FS

// ours are our own words, by language and key.
var ours = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, lang := range behold.SurveyLanguages() {
		words := map[string]string{}
		if _, err := toml.DecodeFS(texts, "text/"+lang+".toml", &words); err != nil {
			panic(err) // embedded files that cannot be read are a broken program
		}
		all[lang] = words
	}
	return all
})

// Words are what customers read, in one language.
type Words struct {
	lang string
	ours map[string]string
	own  map[string]string // the company's, in their place
}

// Given are the words of a language, in the company's own where it wrote some; a
// language that we do not speak is English.
func Given(lang string, own behold.SurveyText) *Words {
	if _, spoken := ours()[lang]; !spoken {
		lang = "en"
	}
	return &Words{lang, ours()[lang], own.Words[lang]}
}

// Lang is the language that is spoken, such as "da".
func (w *Words) Lang() string { return w.lang }

// T says the words of a key with names and values put in, such as "company" and
// "Kløverhavn". A key that nobody wrote is answered with itself in brackets.
func (w *Words) T(key string, put ...string) string {
	says, ok := w.own[key]
	if !ok {
		if says, ok = w.ours[key]; !ok {
			return "[" + key + "]"
		}
	}
	for i := 0; i+1 < len(put); i += 2 {
		says = strings.ReplaceAll(says, "{"+put[i]+"}", put[i+1])
	}
	return says
}

// Ours is what we wrote for a key, whatever the company wrote.
func (w *Words) Ours(key string) string { return w.ours[key] }

// Changed says whether the company wrote the words of a key.
func (w *Words) Changed(key string) bool { return w.own[key] != "" }

// Own is what the company adds to its letters where those may be marketing; "" for
// nothing.
func (w *Words) Own() string { return w.own[OwnWords] }

// Editable are the keys whose words a company may write, in order: the letter,
// the questions, the labels. What the law or the machinery needs is not among them.
func Editable() []string {
	var keys []string
	for _, key := range slices.Sorted(maps.Keys(ours()["en"])) {
		switch {
		case strings.HasPrefix(key, "letter.subject"), key == "letter.level", key == "letter.lost", key == "letter.again", strings.HasPrefix(key, "letter.event."),
			strings.HasPrefix(key, "q."), strings.HasPrefix(key, "scale."), key == "thanks.says":
			keys = append(keys, key)
		}
	}
	return append(keys, OwnWords)
}

// OwnWords is the key of what the company adds to its letters in countries whose
// mode is marketing. We write nothing there.
const OwnWords = "letter.own"

// mostWords is how many letters the company's words of one key may have.
const mostWords = 600

// Rewrite is the company's words of a language with what a form says in the place
// of some. Words that are empty, or the same as ours, are ours again; keys that
// are not Editable are left out.
func Rewrite(before behold.SurveyText, lang string, says map[string]string) (map[string]map[string]string, error) {
	if _, spoken := ours()[lang]; !spoken {
		return nil, &behold.Error{Kind: behold.Invalid, Code: "language", Say: "customers are not asked in " + lang, Hint: "in " + strings.Join(behold.SurveyLanguages(), ", ")}
	}
	after := map[string]map[string]string{}
	for l, words := range before.Words {
		after[l] = maps.Clone(words)
	}
	if after[lang] == nil {
		after[lang] = map[string]string{}
	}
	for _, key := range Editable() {
		text, said := says[key]
		if !said {
			continue
		}
		text = strings.Join(strings.Fields(text), " ")
		if len([]rune(text)) > mostWords {
			return nil, &behold.Error{Kind: behold.Invalid, Code: "survey_words", Say: "these words are more than 600 letters", Hint: "say it shorter: customers have a minute and a half"}
		}
		if delete(after[lang], key); text != "" && text != ours()[lang][key] {
			after[lang][key] = text
		}
	}
	if len(after[lang]) == 0 {
		delete(after, lang)
	}
	return after, nil
}
