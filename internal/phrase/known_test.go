package phrase

import "testing"

func TestOnlyEverydayWordsAreSaidAnew(t *testing.T) {
	for _, c := range []struct{ language, word, says string }{
		{"nl", "fair", "beurs"},
		{"da", "Visit", "besøg"},
		{"da", "Hos fætter Bent", "Hos fætter Bent"},
		{"sv", "", ""},
	} {
		if says := For(c.language).Known(c.word); says != c.says {
			t.Errorf("%s: %q is said %q, not %q", c.language, c.word, says, c.says)
		}
	}
}
