package phrase

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// A catalogue is what stands in the files of one language: per key the forms,
// "" for a phrase that does not count.
type catalogue map[string]map[string]string

func readCatalogues(t *testing.T) map[string]catalogue {
	t.Helper()
	files, err := filepath.Glob("text/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no catalogues: %v", err)
	}
	all := map[string]catalogue{}
	for _, file := range files {
		parts := strings.Split(filepath.Base(file), ".")
		if len(parts) != 3 || !slices.Contains(Languages(), parts[1]) {
			t.Fatalf("%s: a catalogue is called AREA.LANG.toml", file)
		}
		var raw map[string]any
		if _, err := toml.DecodeFile(file, &raw); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if all[parts[1]] == nil {
			all[parts[1]] = catalogue{}
		}
		addPhrases(t, file, raw, all[parts[1]])
	}
	return all
}

func addPhrases(t *testing.T, file string, raw map[string]any, into catalogue) {
	t.Helper()
	for key, value := range raw {
		if into[key] != nil {
			t.Errorf("%s: %s is written twice in this language", file, key)
		}
		into[key] = map[string]string{}
		switch v := value.(type) {
		case string:
			into[key][""] = v
		case map[string]any:
			for form, said := range v {
				s, ok := said.(string)
				if !ok {
					t.Fatalf("%s: %s is nested; keys are flat and quoted", file, key)
				}
				into[key][form] = s
			}
		default:
			t.Fatalf("%s: %s is neither a phrase nor its plurals", file, key)
		}
	}
}

var argument = regexp.MustCompile(`{{\s*(?:if\s+)?\.([A-Za-z]+)`)

func arguments(forms map[string]string) []string {
	var found []string
	for _, s := range forms {
		for _, m := range argument.FindAllStringSubmatch(s, -1) {
			if !slices.Contains(found, m[1]) {
				found = append(found, m[1])
			}
		}
	}
	slices.Sort(found)
	return found
}

func formNames(forms map[string]string) string {
	var names []string
	for form := range forms {
		names = append(names, form)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// Every language has every key, with the same arguments; what counts has both
// a singular and a plural (all five languages have just those two).
func TestCatalogueComplete(t *testing.T) {
	all := readCatalogues(t)
	for key, forms := range all["en"] {
		if f := formNames(forms); f != "" && f != "one other" {
			t.Errorf("en: %s has the forms %q, not one and other", key, f)
		}
		for _, lang := range Languages()[1:] {
			other, ok := all[lang][key]
			switch {
			case !ok:
				t.Errorf("%s: %s is missing", lang, key)
			case formNames(other) != formNames(forms):
				t.Errorf("%s: %s has the forms %q, in English %q", lang, key, formNames(other), formNames(forms))
			case !slices.Equal(withoutCount(arguments(other)), withoutCount(arguments(forms))):
				t.Errorf("%s: %s has the arguments %v, in English %v", lang, key, arguments(other), arguments(forms))
			}
		}
	}
	for _, lang := range Languages()[1:] {
		for key := range all[lang] {
			if all["en"][key] == nil {
				t.Errorf("%s: %s is not there in English", lang, key)
			}
		}
	}
}

// withoutCount leaves N out: "every day" need not say its one.
func withoutCount(names []string) []string {
	return slices.DeleteFunc(names, func(s string) bool { return s == "N" })
}

func TestCataloguePunctuation(t *testing.T) {
	for lang, all := range readCatalogues(t) {
		for key, forms := range all {
			for _, s := range forms {
				if strings.TrimSpace(s) == "" || strings.Contains(s, "  ") || strings.TrimSpace(s) != s {
					t.Errorf("%s: %s is empty or has stray blanks: %q", lang, key, s)
				}
			}
		}
	}
}

// spoken finds keys in the source: quoted, of lower-case words with dots, the
// first of which is an area; and beginnings of keys, which end in a dot.
var spoken = regexp.MustCompile(`"([a-z_]+(?:\.[a-z0-9_]+)+|[a-z_]+(?:\.[a-z0-9_]+)*\.)"`)

// said finds keys that are spoken for sure: T("key"…) and N("key"…).
var said = regexp.MustCompile(`\.[TN]\("([a-z_]+(?:\.[a-z0-9_]+)+)"`)

// made are beginnings of keys that are put together from words in data, so
// that no source file holds them whole.
func made() []string {
	return []string{"reject.", "note.", "month.long.", "month.short.", "weekday.", "reason.", "family.", "lamp.", "state.", "lamp_state.", "table.", "column."}
}

func TestCatalogueUsed(t *testing.T) {
	english := readCatalogues(t)["en"]
	used := map[string]bool{}
	beginnings := made()
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if name == "node_modules" || name == ".git" || name == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}
		source := strings.HasSuffix(name, ".go") || strings.HasSuffix(name, ".templ")
		if !source || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range spoken.FindAllSubmatch(b, -1) {
			if key := string(m[1]); strings.HasSuffix(key, ".") {
				beginnings = append(beginnings, key)
			} else {
				used[key] = true
			}
		}
		for _, m := range said.FindAllSubmatch(b, -1) {
			if key := string(m[1]); english[key] == nil {
				t.Errorf("%s says %q, which nobody wrote", strings.TrimPrefix(path, "../../"), key)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for key := range english {
		begins := func(b string) bool { return strings.HasPrefix(key, b) }
		if !used[key] && !slices.ContainsFunc(beginnings, begins) {
			t.Errorf("nobody says %q", key)
		}
	}
}
