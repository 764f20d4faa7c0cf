package web

import (
	"net/http"
	"strings"
	"testing"
)

func TestSettings(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	send := func(form string) (int, string) {
		status, body, _ := ask(t, h, "POST", "/settings", strings.NewReader(form), "Content-Type", "application/x-www-form-urlencoded")
		return status, body
	}
	if status, _ := send("company=+Ny+A%2FS+&currency=sek&country=se&language=sv&dial=2,5&merge_days=3"); status != http.StatusSeeOther {
		t.Fatalf("status %d", status)
	}
	if s.settings.Company != "Ny A/S" || s.settings.Currency != "SEK" || s.settings.FalseLamps != 2.5 || s.settings.MergeDays != 3 || s.settings.Years != 5 {
		t.Errorf("kept %+v", s.settings)
	}
	status, body := send("company=X&currency=SEK&language=sv&dial=99&merge_days=3")
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "The dial goes from 1 to 20") || !strings.Contains(body, `value="99"`) {
		t.Errorf("a dial of 99: %d", status)
	}
	if s.settings.FalseLamps != 2.5 {
		t.Error("a wrong dial was kept")
	}
}
