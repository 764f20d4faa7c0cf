package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/phrase"
)

// listOf is the shop's list with some customers given to others.
func listOf(t *testing.T, s *shop, change func(*behold.TaskList)) {
	t.Helper()
	list, _, err := s.TaskList(t.Context(), behold.NoDay)
	if err != nil || len(list.Tasks) < 6 {
		t.Fatal(len(list.Tasks), err)
	}
	list.Loads = append(list.Loads, behold.Load{Colleague: at("jonas"), Minutes: 60, Used: 30, Tasks: 2}, behold.Load{Colleague: at("ida")})
	for _, i := range []int{3, 4} {
		list.Tasks[i].Colleague = at("jonas")
	}
	list.Tasks[4].Owner = ""
	list.Tasks[3].Owner, list.Tasks[3].Covered = at("ida"), true
	if change != nil {
		change(&list)
	}
	s.plan.list = &list
}

// cardsOn are the customers on a page that something is to be done about.
func cardsOn(body string) int { return strings.Count(body, `<li class="card`) }

// Who leads sees all lists and can choose one; a member sees their own; a reader,
// who has none, sees all. Each card says what to do, by when and for how long.
func TestTodayIsTheList(t *testing.T) {
	o := staffed(t)
	for _, name := range []string{"jonas", "ida"} {
		o.hire(t, name, behold.Member)
	}
	o.deal(t, func(d *Deps) { d.Now = func() time.Time { return fakeDay.Time().Add(8 * time.Hour) } })
	listOf(t, o.shop, func(l *behold.TaskList) {
		l.Tasks[0].Escalated, l.Tasks[0].Lying, l.Tasks[0].Since = true, 6, l.Day-8
	})
	owner, jonas := o.browser(t).signIn("owner"), o.browser(t).signIn("jonas")
	whole := owner.get("/")
	whole.want(t, "the owner", 200, "Everybody", "Left lying", "waits for 6 working days", "the manager sees it too", "by phone", "15 minutes", "or ida, who is away",
		"are expected to stay anyway", "840", "105 of 120 minutes", "30 of 60 minutes", "no time for customers that day", "Customers of nobody")
	if n := cardsOn(whole.body); n != 7 {
		t.Errorf("the owner sees %d cards", n)
	}
	for address, want := range map[string]int{"/?of=" + url.QueryEscape(at("jonas")): 2, "/?of=nobody": 1, "/?of=" + url.QueryEscape(at("ida")): 0, "/?of=nonsense%22%3E": 0, "/?of=all": 7} {
		if got := owner.get(address); cardsOn(got.body) != want || got.status != 200 {
			t.Errorf("%s: %d cards, %d", address, cardsOn(got.body), got.status)
		}
	}
	own := jonas.get("/?of=all")
	if n := cardsOn(own.body); n != 2 || strings.Contains(own.body, "Left lying") || strings.Contains(own.body, `aria-label="Whose list"`) {
		t.Errorf("Jonas sees %d cards", n)
	}
	o.browser(t).signIn("ida").get("/").want(t, "one who is off", 200, "You have no time for customers on Thursday 20 November", "/settings/hours")
	o.browser(t).signIn("member").get("/").want(t, "one who came later", 200, "made before you came")
	if n := cardsOn(o.browser(t).signIn("reader").get("/").body); n != 7 {
		t.Errorf("a reader sees %d cards", n)
	}
	// What is done leads back to the list that was looked at, and can be undone there.
	card := list5(o.shop)
	back := owner.post("/customers/"+card+"/entries", "key", "k1", "kind", "contact", "channel", "call", "from", "/?of="+at("jonas"))
	if back.status != http.StatusSeeOther || !strings.HasPrefix(back.to, "/?of=jonas%40nordkaffe.example&did=k1") {
		t.Fatalf("%d to %s", back.status, back.to)
	}
	owner.get(strings.TrimSuffix(back.to, "#did")).want(t, "what was done", 200, "Done for today", `data-done="`+card+`"`, "Call from us", `action="/entries/k1/undo"`)
	if refused := owner.post("/customers/"+card+"/lamps", "state", "snoozed", "lamp", "rhythm", "from", "/?of="+at("jonas")); refused.status != 422 || cardsOn(refused.body) != 1 {
		t.Errorf("a form that was refused: %d, %d cards", refused.status, cardsOn(refused.body))
	}
}

// list5 is the fourth customer on the list: one of Jonas's.
func list5(s *shop) string { return s.plan.list.Tasks[3].ID }

// Where members see their own customers only, they see those whom they look after
// for one who is away as well, and can open them; of others there is nothing.
func TestCoveredIsSeen(t *testing.T) {
	o := staffed(t)
	o.hire(t, "jonas", behold.Member)
	o.settings.MembersSee = behold.SeeOwn
	listOf(t, o.shop, nil)
	jonas := o.browser(t).signIn("jonas")
	if got := jonas.get("/"); cardsOn(got.body) != 2 {
		t.Errorf("%d cards", cardsOn(got.body))
	}
	jonas.get("/customers/"+list5(o.shop)).want(t, "one who is covered", 200)
	jonas.get("/customers/"+o.plan.list.Tasks[0].ID).want(t, "somebody else's", 404)
	jonas.get("/?why="+o.plan.list.Tasks[0].ID).want(t, "why somebody else's is not on it", 200, "No customer is called")
}

// Why is a customer not on the list? In every language a sentence with its figures,
// by name or number; of one who is held out what is said of one without a lamp.
func TestWhyNot(t *testing.T) {
	s := nordkaffe()
	day := func(name string, on behold.Day) behold.Fact { return behold.Fact{Name: name, Day: on} }
	number := func(name string, x float64) behold.Fact {
		return behold.Fact{Name: name, Number: x, Day: behold.NoDay}
	}
	s.plan.passed = map[int32]behold.Passed{}
	passed := []behold.Passed{
		{Why: behold.NotAwake}, {Why: behold.HasLeft}, {Why: behold.InHand, Facts: []behold.Fact{day("taken_on", fakeDay-3)}},
		{Why: behold.JustSpoken, Facts: []behold.Fact{day("spoken_on", fakeDay-9), number("gap_days", 30), day("free_on", fakeDay+21)}},
		{Why: behold.NoWay}, {Why: behold.NoGain, Facts: []behold.Fact{number("gain", -20), number("cost", 120)}}, {Why: behold.NoGain},
		{Why: behold.NotSure, Facts: []behold.Fact{number("p", .31), number("cut", .08), number("kept", 3)}}, {Why: behold.NotSure},
		{Why: behold.NobodyWorks, Facts: []behold.Fact{day("back_on", fakeDay+4)}}, {Why: behold.NobodyWorks}, {Why: behold.StepWaits}, {Why: behold.StepWaits, Facts: []behold.Fact{day("from", fakeDay+2)}},
		{Why: behold.ListFull, Facts: []behold.Fact{number("most", 7), number("ahead", 12)}},
		{Why: behold.MinutesSpent, Facts: []behold.Fact{number("needs", 15), number("left", 5), number("ahead", 4)}}, {Why: behold.CameLater},
	}
	for i, p := range passed {
		p.Customer = int32(100 + i)
		s.plan.passed[p.Customer] = p
	}
	h := New(s.deps(t.TempDir()))
	for _, lang := range phrase.Languages() {
		seen := map[string]bool{}
		for i := range passed {
			id := s.customers[100+i].ID
			status, body, _ := ask(t, h, "GET", "/?lang="+lang+"&why="+id, nil)
			_, answer, _ := strings.Cut(body, "<dd>")
			answer, _, _ = strings.Cut(answer, "</dd>")
			if status != 200 || len(answer) < 15 || seen[answer] || unsaid.MatchString(answer) {
				t.Errorf("%s, %v: %d, %q", lang, passed[i].Why, status, answer)
			}
			seen[answer] = true
			if _, page, _ := ask(t, h, "GET", "/customers/"+id+"?lang="+lang, nil); !strings.Contains(page, answer) {
				t.Errorf("%s: the page of the customer does not say %q", lang, answer)
			}
		}
	}
	for asked, want := range map[string]string{
		"Hotel+Strandg": "On the list of mette@nordkaffe.example, number 1.", "kunde+1": "There are more.", "nobody%27s+name": "No customer is called “nobody&#39;s name”.",
		"K-1171": "No lamp is lit for them, so nothing is asked of anybody today.", "%3Cscript%3E": "“&lt;script&gt;”",
	} {
		if _, body, _ := ask(t, h, "GET", "/?why="+asked, nil); !strings.Contains(body, want) {
			t.Errorf("asked for %s: no %q", asked, want)
		}
	}
	held, none := s.customers[128], s.customers[129]
	_, one, _ := ask(t, h, "GET", "/?why="+held.ID, nil)
	_, other, _ := ask(t, h, "GET", "/?why="+none.ID, nil)
	bare := func(page string, c behold.Customer) string {
		return regexp.MustCompile(`name="key" value="[a-z0-9]+"`).ReplaceAllString(strings.NewReplacer(c.ID, "?", c.Name, "?").Replace(page), "")
	}
	if bare(one, held) != bare(other, none) {
		t.Error("two customers about whom nothing is kept are told apart")
	}
}

// The lists that are empty say why, and what to do about it.
func TestTodayWithoutTasks(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*shop, *behold.TaskList)
		want   string
	}{
		"nobody works": {func(_ *shop, l *behold.TaskList) {
			l.Tasks, l.Loads = nil, []behold.Load{{Colleague: at("ida")}, {Colleague: at("bo")}}
		}, "Nobody has time for customers on Thursday 20 November."},
		"one list":    {func(_ *shop, l *behold.TaskList) { l.Loads = []behold.Load{{Minutes: 90}} }, "there is one list for the whole company"},
		"old":         {func(_ *shop, l *behold.TaskList) { l.Day -= 3 }, "This is the list of Monday 17 November."},
		"of tomorrow": {func(_ *shop, l *behold.TaskList) { l.Day++ }, "This is the list for Friday 21 November."},
		"empty":       {func(_ *shop, l *behold.TaskList) { l.Tasks = nil }, "Nobody is on this list."},
		"none made":   {func(s *shop, _ *behold.TaskList) { s.plan.made = fakeDay - 7 }, "The next round makes the first one."},
		"all dark":    {func(s *shop, l *behold.TaskList) { l.Tasks, s.lamps = nil, nil; s.round.Common = nil }, "Nobody is leaving that we can see."},
		"later": {func(s *shop, _ *behold.TaskList) {
			s.plan.later = []behold.LampCard{{ID: "K-1050", Name: "Café <Nord>", Lamp: behold.Lamp{Kind: behold.LampComplaint}}}
		}, "Caf\u00e9 &lt;Nord&gt;"},
	} {
		s := nordkaffe()
		listOf(t, s, func(l *behold.TaskList) { c.change(s, l) })
		status, body, _ := ask(t, New(s.deps(t.TempDir())), "GET", "/", nil)
		if status != 200 || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d, no %q", name, status, c.want)
		}
	}
	s := nordkaffe()
	listOf(t, s, func(l *behold.TaskList) { l.Tasks = l.Tasks[:2] })
	for i, task := range s.plan.list.Tasks {
		s.wrote(behold.EntryContact, func(e *behold.Entry) {
			e.ID, e.Customer, e.Channel, e.Direction, e.Written = string(rune('a'+i)), task.ID, "call", "out", fakeDay.Time().Add(9*time.Hour)
		})
	}
	_, body, _ := ask(t, New(s.deps(t.TempDir())), "GET", "/", nil)
	if cardsOn(body) != 0 || !strings.Contains(body, "That was the whole list.") || strings.Count(body, "data-done=") != 2 {
		t.Errorf("all is done: %d cards, %d done", cardsOn(body), strings.Count(body, "data-done="))
	}
}

// Working hours: one's own by everybody who has a list, those of others and the
// company's days by owners only; nonsense is refused beside the form.
func TestHoursPage(t *testing.T) {
	o := staffed(t)
	o.settings.Country = "DK"
	member, owner := o.browser(t).signIn("member"), o.browser(t).signIn("owner")
	page := member.get(hoursPath)
	page.want(t, "a member", 200, "Minutes for customers, member", "these are the minutes of the settings", "Christmas Eve")
	if strings.Contains(page.body, hoursPath+"/closed") || strings.Contains(page.body, "Minutes a week") {
		t.Error("a member can close the company, or sees the others")
	}
	member.post(hoursPath, "who", at("member"), "day1", "30", "day2", "45,0").want(t, "own hours", http.StatusSeeOther)
	if h := o.plan.force.Hours; len(h) != 1 || h[0].Colleague != at("member") || h[0].Minutes != [7]float64{0, 30, 45} {
		t.Errorf("%+v", h)
	}
	member.post(hoursPath, "who", at("owner"), "day1", "0").want(t, "the hours of another", http.StatusForbidden)
	for _, typed := range []string{"many", "601", "-1", "NaN", "1e9", "Inf"} {
		member.post(hoursPath, "day1", typed).want(t, "minutes "+typed, 422, "0 to 600 minutes")
	}
	day := behold.DayOf(time.Now())
	member.post(hoursPath+"/absence", "from", day.String(), "to", (day+4).String()).want(t, "away", http.StatusSeeOther)
	member.post(hoursPath+"/absence", "from", (day+9).String(), "to", day.String()).want(t, "the wrong way round", 422, "before the first")
	member.post(hoursPath+"/absence", "from", "soon", "to", "later").want(t, "no days", 422)
	owner.get(hoursPath+"?who="+url.QueryEscape(at("member"))).want(t, "the owner", 200, "Minutes a week", "Take back")
	owner.get(hoursPath+"?who=%3Cb%3E").want(t, "nobody", 200)
	owner.post(hoursPath+"/absence/end", "who", at("member"), "from", day.String()).want(t, "taken back", http.StatusSeeOther)
	if len(o.plan.force.Absences) != 0 {
		t.Errorf("%+v", o.plan.force.Absences)
	}
	owner.post(hoursPath+"/absence/end", "who", at("member"), "from", day.String()).want(t, "once more", 404)
	owner.post(hoursPath+"/usual", "who", at("member")).want(t, "the usual", http.StatusSeeOther)
	owner.post(hoursPath+"/closed", "day", (day+9).String(), "name", "Stock <b>taking").want(t, "closed", http.StatusSeeOther)
	owner.get(hoursPath).want(t, "closed days", 200, "Stock &lt;b&gt;taking")
	owner.post(hoursPath+"/closed/open", "day", (day+9).String()).want(t, "open again", http.StatusSeeOther)
	owner.post(hoursPath+"/closed", "day", "1999-01-01").want(t, "long ago", 422)
	for _, lang := range phrase.Languages() {
		if got := owner.get(hoursPath + "?lang=" + lang); unsaid.MatchString(got.body) || inline.MatchString(got.body) {
			t.Errorf("%s: %q", lang, unsaid.FindString(got.body)+inline.FindString(got.body))
		}
	}
}
