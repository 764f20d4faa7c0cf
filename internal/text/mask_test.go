package text

import (
	"strings"
	"testing"
)

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

// What people write about themselves in the languages we read: nothing of it is
// left for anybody to read, and the rest of the sentence is.
func TestMaskInEveryLanguage(t *testing.T) {
	for language, list := range map[string][]string{
		"da": {"Mit cpr-nr. er 010190-1234, ring på 23456789 eller skriv til mette.holm@firma.dk", "CPR 0101901234, konto DK50 0040 0440 1162 43", "tlf. +45 23 45 67 89"},
		"sv": {"Mitt personnummer är 850314-1239, mejla åsa.öberg@företag.se", "Personnr 198503141239, ring 070-123 45 67", "Konto SE45 5000 0000 0583 9825 7466"},
		"nb": {"Fødselsnummer 14038512345, ring 912 34 567", "D-nummer 540385 12345, e-post ola@nordmann.no", "Konto NO93 8601 1117 947"},
		"nl": {"Mijn BSN is 111222333, bel 06-12345678", "BSN 111.222.333, mail naar jan.de-vries@bedrijf.nl", "Rekening NL91ABNA0417164300, tel. 020 123 45 67"},
		"en": {"Call 07700 900123 or write to a.b+c@shop.co.uk", "IBAN GB29 NWBK 6016 1331 9268 19", "Phone (020) 7946 0958"},
	} {
		for _, body := range list {
			got := Mask(body)
			digits := 0
			for _, r := range got {
				if r >= '0' && r <= '9' {
					digits++
				}
			}
			if digits > 0 || strings.Contains(got, "@") || !strings.Contains(got, "<") {
				t.Errorf("%s: %q becomes %q", language, body, got)
			}
		}
	}
}
