package text

import "testing"

func TestMask(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"Skriv til mette.holm@firma.dk i dag", "Skriv til <mail> i dag"},
		{"Ring på 23 45 67 89 efter kl. 10", "Ring på <phone> efter kl. 10"},
		{"call +46 70-123 45 67.", "call <phone>."},
		{"mit cpr er 010190-1234, ordre 12345", "mit cpr er <number>, ordre 12345"},
		{"personnummer 19850314-1239", "personnummer <number>"},
		{"fødselsnummer 41 05 90 12345", "fødselsnummer <number>"},
		{"BSN 111222333", "BSN <number>"},
		{"Konto NL91 ABNA 0417 1643 00, tak", "Konto <account>, tak"},
		{"Konto DK5000400440116243", "Konto <account>"},
		{"Ordre F-88121 fra 2025-01-14 til 14-02-2025", "Ordre F-88121 fra 2025-01-14 til 14-02-2025"},
		{"1.188,00 kr. for 12 kasser, vare 4711", "1.188,00 kr. for 12 kasser, vare 4711"},
	} {
		if got := Mask(c.body); got != c.want {
			t.Errorf("%q becomes %q, not %q", c.body, got, c.want)
		}
	}
}

// What a mail repeats of an earlier one is not read again.
func TestUnquoted(t *testing.T) {
	const mail = "Tak for svaret.\n> Vi er meget utilfredse.\nMvh\nFra: os\nVarerne var defekte.\n"
	if got := unquoted(mail); got != "Tak for svaret.\nMvh\n" {
		t.Errorf("what is left is %q", got)
	}
}
