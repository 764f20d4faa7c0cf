package web

import (
	"strings"
	"testing"
)

// The picture has the three corners that every reader looks for, white around it,
// and its title without anything that a page would obey.
func TestQR(t *testing.T) {
	svg, err := qrCode("https://behold.firm.example/q/ABCDEFGHIJKLMNOP", `Disken <b>"1"</b>`)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`viewBox="0 0 41 41"`, "M4 4h7v1h-7z", "M30 4h7v1h-7z", "M4 30h7v1h-7z", "Disken &lt;b&gt;"} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %s in\n%s", want, svg)
		}
	}
	if strings.Contains(svg, "style=") || strings.Contains(svg, "<b>") {
		t.Error("the picture has something that pages must not have")
	}
	if _, err := qrCode(strings.Repeat("x", 3000), ""); err == nil {
		t.Error("3,000 letters fit")
	}
}
