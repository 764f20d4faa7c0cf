package mail

import (
	"strings"
	"testing"

	"behold"
)

func TestStops(t *testing.T) {
	s := Stops{[]byte("a secret of thirty-two bytes ...")}
	token := s.Token(behold.MorningList, "Mette@Firm.example")
	kind, colleague, err := s.Read(token)
	if err != nil || kind != behold.MorningList || colleague != "mette@firm.example" {
		t.Fatalf("%s %s, %v", kind, colleague, err)
	}
	if strings.ContainsAny(token, "/?#+=% ") {
		t.Errorf("%s does not fit into an address", token)
	}
	head, tail, _ := strings.Cut(token, ".")
	other, _, _ := strings.Cut(s.Token(behold.MorningList, "jonas@firm.example"), ".")
	for name, forged := range map[string]string{
		"empty": "", "no signature": head + ".", "another's": other + "." + tail, "cut short": token[:len(token)-1],
		"another secret": Stops{[]byte("x")}.Token(behold.MorningList, "mette@firm.example"), "a letter that is none": s.Token("yearly", "mette@firm.example"),
		"not base64": "!!." + tail, "longer": token + "A",
	} {
		if kind, who, err := s.Read(forged); behold.KindOf(err) != behold.NotFound {
			t.Errorf("%s: %s %s, %v", name, kind, who, err)
		}
	}
}
