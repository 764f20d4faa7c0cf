package web

import (
	"net/url"
	"strings"
	"testing"

	"behold"
)

const worker = "mette@nordkaffe.example"

// staffedShop is one in which somebody asks whose e-mail is known.
func staffedShop(t *testing.T) (*shop, Deps) {
	t.Helper()
	s := nordkaffe()
	d := s.deps(t.TempDir())
	d.Who = behold.Colleague{Email: worker, Role: behold.Owner}
	return s, d
}

func TestTeamBoard(t *testing.T) {
	s, d := staffedShop(t)
	s.crowd.rewards = []behold.Reward{{ID: 1, Key: "a", Kind: behold.RewardKept, Day: fakeDay - 2, Customer: strandID, Name: "Hotel <b>Strand", Team: "Vest", Since: fakeDay - 60, Leave: 0.4, Points: 1, AtRisk: behold.Money{Minor: 100000, Currency: "DKK"}}}
	h := New(d)
	status, body, _ := ask(t, h, "GET", "/team", nil)
	if status != 200 {
		t.Fatalf("status %d\n%s", status, body)
	}
	for _, want := range []string{"&lt;b&gt;Fyn", "overlooked", `class="chart funnel"`, "Hotel &lt;b&gt;Strand (Vest)", "Well done", "120 of 180 minutes", "Nothing can be shown yet", "/decisions", "/registers"} {
		if !strings.Contains(body, want) {
			t.Errorf("the board does not say %q", want)
		}
	}
	if _, body, _ := ask(t, h, "GET", "/team/attention.csv", nil); !strings.Contains(body, "region,<b>Fyn</b>,40,80,") {
		t.Errorf("as CSV:\n%s", body)
	}
	if _, body, _ := ask(t, h, "GET", "/team/ledger", nil); !strings.Contains(body, "bought again by") || !strings.Contains(body, "1 point") {
		t.Errorf("the ledger does not explain its line:\n%s", body)
	}
	if _, body, _ := ask(t, h, "GET", "/team/ledger.csv", nil); !strings.Contains(body, "1,kept,2025-11-18,K-1042,") {
		t.Errorf("the ledger as CSV:\n%s", body)
	}
}

// Whoever does not lead sees no line but their own, and nobody sees anybody's where
// the company does not compare colleagues: then all lines are a team's.
func TestLedgerIsOnesOwn(t *testing.T) {
	for _, c := range []struct {
		role         behold.Role
		individuals  bool
		mine, others bool // lines that are seen
	}{
		{behold.Reader, true, true, false}, {behold.Member, true, true, false}, {behold.Manager, true, true, true}, {behold.Owner, true, true, true},
		{behold.Reader, false, false, false}, {behold.Member, false, false, false}, {behold.Manager, false, true, true}, {behold.Owner, false, true, true},
	} {
		s, d := staffedShop(t)
		s.settings.Individuals = c.individuals
		line := func(id int64, name, colleague string, points float64) behold.Reward {
			return behold.Reward{ID: id, Key: name, Kind: behold.RewardKept, Day: fakeDay - 2, Customer: "K-1", Name: name, Colleague: colleague, Team: "Vest", Since: fakeDay - 60, Points: points}
		}
		s.crowd.rewards = []behold.Reward{line(1, "Mine", worker, 1), line(2, "Another's", "bo@x.example", 1), line(3, "Mine", worker, -1)}
		s.crowd.rewards[2].Kind, s.crowd.rewards[2].Back = behold.RewardLost, 1
		d.Who.Role = c.role
		for _, target := range []string{"/team/ledger", "/team/ledger.csv"} {
			status, body, _ := ask(t, New(d), "GET", target, nil)
			if status != 200 || strings.Contains(body, "Mine") != c.mine || strings.Contains(body, "Another") != c.others {
				t.Errorf("%s shows a %s, individuals %v: status %d", target, c.role, c.individuals, status)
			}
			if strings.Contains(body, "bo@x.example") != (c.others && c.individuals) {
				t.Errorf("%s names a %s colleagues, individuals %v", target, c.role, c.individuals)
			}
		}
	}
}

// A surprise that goes beyond the year's budget says so at once.
func TestSurpriseBeyondBudget(t *testing.T) {
	s, d := staffedShop(t)
	s.settings.SurpriseBudget = 1000
	h := New(d)
	gift := func(key, amount string) string {
		status, _, to := postForm(t, h, "/customers/"+strandID+"/entries", "key", key, "kind", "surprise", "text", "a cake", "due", (fakeDay + 3).String(), "amount", amount)
		if status != 303 {
			t.Fatalf("%s: status %d", amount, status)
		}
		_, body, _ := ask(t, h, "GET", strings.TrimSuffix(to, "#did"), nil)
		return body
	}
	if body := gift("k1", "400"); !strings.Contains(body, "600") || strings.Contains(body, "more than the budget") {
		t.Error("what is left is not said")
	}
	if body := gift("k2", "900"); !strings.Contains(body, "more than the budget") {
		t.Error("nobody warns of the budget")
	}
}

// An answer is counted once, and goes nowhere with a name.
func TestPulseIsAnsweredOnce(t *testing.T) {
	s, d := staffedShop(t)
	h := New(d)
	if _, body, _ := ask(t, h, "GET", "/pulse", nil); !strings.Contains(body, "How content were you") {
		t.Fatal("nobody is asked")
	}
	form := url.Values{"step": {"4"}, "comment": {"fine"}}
	if status, _, _ := post(t, h, "/pulse", form.Encode()); status != 303 {
		t.Fatalf("status %d", status)
	}
	if status, body, _ := post(t, h, "/pulse", form.Encode()); status != 409 || !strings.Contains(body, "nobody knows which one was yours") {
		t.Errorf("answered twice: status %d", status)
	}
	if len(s.crowd.pulses) != 1 || s.crowd.pulses[0].Counts[3] != 1 {
		t.Errorf("%+v", s.crowd.pulses)
	}
	if _, body, _ := ask(t, h, "GET", "/pulse", nil); strings.Contains(body, "How content were you") || strings.Contains(body, "fine") {
		t.Error("asked again, or told of one answer")
	}
	for _, wrong := range []url.Values{{"step": {"9"}}, {"step": {"x"}}, {}} {
		if status, _, _ := post(t, New(d), "/pulse", wrong.Encode()); status != 422 && status != 409 {
			t.Errorf("%v: status %d", wrong, status)
		}
	}
	s.settings.Pulse = false
	if status, _, _ := post(t, h, "/pulse", form.Encode()); status != 403 {
		t.Errorf("switched off, and status %d", status)
	}
}

// A decision goes from a figure to what came of it.
func TestDecisionsPage(t *testing.T) {
	s, d := staffedShop(t)
	h := New(d)
	form := url.Values{"key": {"k1"}, "do": {"new"}, "agreed": {"Ring <b>before</b>"}, "because": {"78 % kept"}, "by": {(fakeDay + 30).String()}}
	for range 2 {
		if status, _, _ := post(t, h, "/decisions", form.Encode()); status != 303 {
			t.Fatalf("status %d", status)
		}
	}
	if len(s.crowd.decisions) != 1 {
		t.Fatalf("pressed twice: %+v", s.crowd.decisions)
	}
	far := url.Values{"key": {"k1"}, "version": {"1"}, "do": {"far"}, "far": {"half"}}
	if status, _, _ := post(t, h, "/decisions", far.Encode()); status != 303 {
		t.Fatal("how far it is was not kept")
	}
	if status, body, _ := post(t, h, "/decisions", url.Values{"key": {"k1"}, "version": {"1"}, "do": {"close"}, "outcome": {"worked"}}.Encode()); status != 409 || !strings.Contains(body, "Somebody has changed it since") {
		t.Errorf("of an old version: status %d", status)
	}
	if status, body, _ := post(t, h, "/decisions", url.Values{"key": {"k1"}, "version": {"2"}, "do": {"close"}, "outcome": {"nonsense"}, "result": {"kept words"}}.Encode()); status != 422 || !strings.Contains(body, "kept words") || !strings.Contains(body, "Choose an answer") {
		t.Errorf("without an outcome: status %d", status)
	}
	if status, _, _ := post(t, h, "/decisions", url.Values{"key": {"k1"}, "version": {"2"}, "do": {"close"}, "outcome": {"part"}, "next": {"go on"}}.Encode()); status != 303 {
		t.Fatal("it cannot be closed")
	}
	if _, body, _ := ask(t, h, "GET", "/decisions", nil); !strings.Contains(body, "Ring &lt;b&gt;before") || !strings.Contains(body, "In part") || !strings.Contains(body, "go on") {
		t.Errorf("what came of it:\n%s", body)
	}
	if status, body, _ := post(t, h, "/decisions", url.Values{"key": {"k2"}, "do": {"new"}, "agreed": {"typed"}}.Encode()); status != 422 || !strings.Contains(body, `value="typed"`) {
		t.Errorf("without a figure: status %d", status)
	}
}

// Rules are ranked by what they cost; the budget says what is left.
func TestRegisters(t *testing.T) {
	s, d := staffedShop(t)
	s.settings.SurpriseBudget = 1000
	at := fakeDay.Time().Add(-48 * 60 * 60 * 1e9)
	entry := func(id string, kind behold.EntryKind, rule string, amount int64) *behold.Entry {
		return &behold.Entry{ID: id, Customer: strandID, Kind: kind, At: at, Written: at, Text: "asked " + id, Rule: rule, Amount: behold.Money{Minor: amount * 100, Currency: "DKK"},
			Due: behold.NoDay, Done: behold.NoDay, Broken: behold.NoDay, Left: behold.NoDay}
	}
	for _, e := range []*behold.Entry{entry("a", behold.EntryRefusal, "No credit", 100), entry("b", behold.EntryRefusal, "=No returns", 900), entry("c", behold.EntryRefusal, "no credit ", 300)} {
		s.book.add(e)
	}
	gift := entry("d", behold.EntrySurprise, "", 250)
	gift.Due, gift.Done = fakeDay-2, fakeDay-1
	s.book.add(gift)
	h := New(d)
	status, body, _ := ask(t, h, "GET", "/registers", nil)
	if status != 200 || strings.Index(body, "=No returns") > strings.Index(body, "no credit") {
		t.Errorf("status %d, or the rules are not in order:\n%s", status, body)
	}
	if !strings.Contains(body, "1 surprise given this year") || !strings.Contains(body, "750") {
		t.Error("what is left of the budget is not said")
	}
	if _, body, _ := ask(t, h, "GET", "/registers.csv", nil); !strings.Contains(body, "'=No returns,2025-11-18,K-1042,") || strings.Count(body, "\n") != 4 {
		t.Errorf("as CSV:\n%s", body)
	}
}

func TestTeamSettings(t *testing.T) {
	s, d := staffedShop(t)
	h := New(d)
	form := url.Values{"reward_points": {"2"}, "reward_share": {"2,5"}, "reward_back_months": {"9"}, "surprise_budget": {"12000"}, "on": {"individuals"}}
	if status, _, _ := post(t, h, "/settings/team", form.Encode()); status != 303 {
		t.Fatalf("status %d", status)
	}
	if got := s.settings.Team; !got.Individuals || got.Pulse || got.RewardShare != 0.025 || got.RewardBack != 9 || got.SurpriseBudget != 12000 {
		t.Errorf("%+v", got)
	}
	form.Set("reward_share", "80")
	if status, body, _ := post(t, h, "/settings/team", form.Encode()); status != 422 || !strings.Contains(body, `value="80"`) || s.settings.RewardShare != 0.025 {
		t.Errorf("80 %%: status %d", status)
	}
}
