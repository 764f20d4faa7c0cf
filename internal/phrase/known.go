package phrase

import "strings"

// Known says a word of a company's own files in the reader's language when it is
// one of the everyday ones; what the company made up stays as it is.
func (p *Phrases) Known(word string) string {
	if key := "known." + strings.ToLower(word); word != "" && p.Has(key) {
		return p.T(key)
	}
	return word
}
