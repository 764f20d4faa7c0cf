package text

import (
	"embed"
	"strings"
)

//go:embed seed/*.txt
var seeds embed.FS

// Languages are those with seed phrases.
func Languages() []string { return []string{"en", "da", "sv", "nb", "nl"} }

// An Example is a text of which is known what it says.
type Example struct {
	Body     string
	Language string
	Labels   []Label // all that hold
	Open     []Label // of which nobody knows whether they hold
	Weight   float64
	Twin     int // phrases that say the same in other languages have the same number; 0: none
}

// seedWeight is what a seed phrase weighs beside a correction of a colleague.
const seedWeight = .2

// Seeds are the seed phrases of all languages.
func Seeds() []Example {
	var all []Example
	for _, language := range Languages() {
		b, err := seeds.ReadFile("seed/" + language + ".txt")
		if err != nil {
			panic(err) // embedded: cannot be missing in a program that was built
		}
		all = append(all, readSeeds(string(b), language)...)
	}
	return all
}

// readSeeds reads one language's file: headings in brackets name the labels of
// the phrases below, a label with ? is open.
func readSeeds(file, language string) []Example {
	var all []Example
	var labels, open []Label
	twin := 0
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			labels, open = heading(line)
		default:
			for phrase := range strings.SplitSeq(line, "|") {
				twin++
				all = append(all, Example{Body: strings.TrimSpace(phrase), Language: language, Labels: labels, Open: open, Weight: seedWeight, Twin: twin})
			}
		}
	}
	return all
}

func heading(line string) (labels, open []Label) {
	for _, label := range strings.Fields(strings.Trim(line, "[]")) {
		if name, asked := strings.CutSuffix(label, "?"); asked {
			open = append(open, name)
		} else if label != "none" {
			labels = append(labels, label)
		}
	}
	return labels, open
}
