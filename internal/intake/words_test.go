package intake

import (
	"strings"
	"testing"
)

// Every header and every spelling can be met: it is folded, belongs to a column
// that there is, and stands for one word only.
func TestWordsCanBeMet(t *testing.T) {
	known := map[string]bool{}
	for _, c := range recordColumns {
		known[string(c.table)+"."+c.Name] = true
		meets := map[string]string{}
		for _, line := range strings.Split(strings.TrimSpace(valueWords[c.Name]), "\n") {
			if len(c.Words) == 0 {
				break
			}
			word, spellings, _ := strings.Cut(line, " = ")
			if wordsOf(c.Column)[fold(word)] != word {
				t.Errorf("%s.%s: %q is no word of the column", c.table, c.Name, word)
			}
			for _, s := range strings.Fields(spellings) {
				if fold(s) != s {
					t.Errorf("%s.%s: %q is not folded, as %q is", c.table, c.Name, s, fold(s))
				}
				if other := meets[s]; other != "" && other != word {
					t.Errorf("%s.%s: %q stands for %s and for %s", c.table, c.Name, s, other, word)
				}
				meets[s] = word
			}
		}
	}
	for column, words := range recordWords {
		if !known[column] {
			t.Errorf("there is no column %s", column)
		}
		for _, w := range strings.Fields(strings.ReplaceAll(words, "|", " ")) {
			if fold(w) != w {
				t.Errorf("%s: %q is not folded, as %q is", column, w, fold(w))
			}
		}
	}
}

// Beyond the listed ones, every reason is met by its code.
func TestReasonsByCode(t *testing.T) {
	book := wordsOf(recordColumns[recordField("losses", 2)-fields].Column)
	codes := strings.Fields("S1 S2 S3 S4 R1 R2 R3 R4 C1 C2 C3 K1 K2 K3 K4 N1 N2 N3 U1 U2 X0")
	for i, r := range recordColumns[recordField("losses", 2)-fields].Words {
		if book[fold(codes[i])] != r {
			t.Errorf("%s is %q, want %q", codes[i], book[fold(codes[i])], r)
		}
	}
}
