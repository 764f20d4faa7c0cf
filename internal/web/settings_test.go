package web

import (
	"net/http"
	"strings"
	"testing"

	"behold"
)

func TestSettings(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	send := func(form string) (int, string) {
		status, body, _ := ask(t, h, "POST", "/settings", strings.NewReader(form), "Content-Type", "application/x-www-form-urlencoded", "Accept-Language", "en")
		return status, body
	}
	if status, _ := send("company=+Ny+A%2FS+&currency=sek&country=se&language=sv&false_lamps_per_100_month=2,5&merge_days=3&horizon_days=&years=7&discount_rate=8,5&minutes_today=60"); status != http.StatusSeeOther {
		t.Fatalf("status %d", status)
	}
	if s.settings.Company != "Ny A/S" || s.settings.Currency != "SEK" || s.settings.FalseLamps != 2.5 || s.settings.MergeDays != 3 || s.settings.Years != 7 || s.settings.DiscountRate != 0.085 || s.settings.HorizonDays != 0 || s.settings.MinutesToday != 60 || s.settings.TasksToday != 7 {
		t.Errorf("kept %+v", s.settings)
	}
	status, body := send("company=X&currency=SEK&language=sv&false_lamps_per_100_month=99&merge_days=many")
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "Please write a number from 1 to 20.") || !strings.Contains(body, `value="99"`) ||
		!strings.Contains(body, "Please write a whole number from 0 to 30.") || !strings.Contains(body, `value="many"`) || !strings.Contains(body, "2 settings cannot be used") {
		t.Errorf("a dial of 99: %d", status)
	}
	if s.settings.FalseLamps != 2.5 {
		t.Error("a wrong dial was kept")
	}
}

// Every setting is understood as it is shown, and says what it is.
func TestSettingsShown(t *testing.T) {
	for _, g := range settingGroups() {
		for _, one := range g.all {
			kept, again := behold.DefaultSettings(), behold.DefaultSettings()
			kept.HorizonDays, kept.DiscountRate, kept.Company = 90, 0.035, "Nordkaffe"
			if err := one.read(one.show(kept), &again); err != nil || one.show(again) != one.show(kept) {
				t.Errorf("%s: %q became %q (%v)", one.name, one.show(kept), one.show(again), err)
			}
		}
	}
}

// Who may not change the settings reads them, and is led to no page that would
// turn them away.
func TestSettingsOfOthers(t *testing.T) {
	s := nordkaffe()
	d := s.deps(t.TempDir())
	d.Who = behold.Colleague{Email: "rea@nordkaffe.example", Role: behold.Reader}
	_, body, _ := ask(t, New(d), "GET", "/settings", nil)
	for _, want := range []string{"<fieldset disabled", "Only owners of Behold change these."} {
		if !strings.Contains(body, want) {
			t.Errorf("a reader's settings lack %q", want)
		}
	}
	for _, not := range []string{`href="/settings/letters"`, `href="/settings/changes"`, "Judge again now", `class="go"`} {
		if strings.Contains(body, not) {
			t.Errorf("a reader's settings hold %q", not)
		}
	}
	d.Who.Role = behold.Owner
	_, body, _ = ask(t, New(d), "GET", "/settings/letters", nil)
	if !strings.Contains(body, `<a href="/settings/letters" aria-current="page">`) {
		t.Error("the page of letters is not marked among the settings")
	}
}

// A language that an address asks for goes along to the page it is led to.
func TestLanguageGoesAlong(t *testing.T) {
	o := staffed(t)
	b := o.browser(t)
	to := b.get("/lamps?lang=da")
	to.want(t, "not signed in", 303, "/sign-in")
	b.get(to.to).want(t, "the sign-in page", 200, `<html lang="da"`)
}
