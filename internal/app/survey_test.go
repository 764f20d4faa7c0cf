package app

import (
	"context"
	"fmt"
	"io"
	"math"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/postoffice"
)

// asking is a morning on which customers are written to: a Tuesday, after nine.
var asking = time.Date(2025, 3, 11, 9, 30, 0, 0, time.Local)

// openAsking is a house with so many customers who bought lately, and surveys on.
func openAsking(t *testing.T, customers int) *house {
	t.Helper()
	h := openHouse(t)
	var people, orders strings.Builder
	people.WriteString("customer,name,kind,email,country,language,colleague,survey_opt_out\n")
	orders.WriteString("order,customer,ordered_at,product,amount,delivered_on\n")
	for i := range customers {
		fmt.Fprintf(&people, "K-%d,Kunde %d,company,kunde%d@customer.example,%s,,mette@firm.example,no\n", i, i, i, []string{"DK", "SE", "NL", "DE"}[i%4])
		for n := range 6 {
			day := behold.DayOf(asking) - behold.Day(10+i%5+30*n)
			fmt.Fprintf(&orders, "F-%d-%d,K-%d,%s,Te,%d,%s\n", i, n, i, day, 100+i, day+1)
		}
	}
	var answers strings.Builder // of an earlier survey, so that an unhappy one is rare
	answers.WriteString("answer,customer,answered_at,item,value,scale_max\n")
	for i := range 300 {
		fmt.Fprintf(&answers, "A-%d,K-%d,%s,satisfaction,%d,5\n", i, i%customers, behold.DayOf(asking)-behold.Day(200+i%150), 4+i%2)
	}
	for name, text := range map[string]string{"customers.csv": people.String(), "orders.csv": orders.String(), "answers.csv": answers.String()} {
		path := filepath.Join(t.TempDir(), name)
		h.must(t, os.WriteFile(path, []byte(text), 0o600))
		if _, err := h.Import(t.Context(), ImportJob{Path: path, File: name}); err != nil {
			t.Fatal(err)
		}
	}
	set, err := h.State.Settings(t.Context())
	h.must(t, err)
	set.Surveys.On, set.Letters.On = true, false
	h.must(t, h.State.SaveSettings(t.Context(), set, ""))
	_, err = h.Round(t.Context(), behold.DayOf(asking)-1, nil)
	h.must(t, err)
	return h
}

func (h *house) ask(t *testing.T, now time.Time) Posted {
	t.Helper()
	p, err := h.PostSurveys(t.Context(), now, false)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// plain is the text of a letter.
func plain(t *testing.T, m postoffice.Mail) string {
	t.Helper()
	read, err := netmail.ReadMessage(strings.NewReader(string(m.Body)))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(read.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	part, err := multipart.NewReader(read.Body, params["boundary"]).NextPart()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

var answerLink = regexp.MustCompile(`https://behold\.firm\.example/a/([A-Z0-9]+)\n`)

// tokenIn is the end of the address that a letter leads to.
func tokenIn(t *testing.T, m postoffice.Mail) string {
	t.Helper()
	found := answerLink.FindStringSubmatch(plain(t, m))
	if found == nil {
		t.Fatalf("no address in\n%s", plain(t, m))
	}
	return found[1]
}

func TestCustomersAreAskedOnceAndRemindedOnce(t *testing.T) {
	h := openAsking(t, 24)
	if p := h.ask(t, asking.Add(-4*time.Hour)); p.Made != 3 || p.Sent != 0 {
		t.Fatalf("before the hours: %+v", p)
	}
	p := h.ask(t, asking)
	mails := h.office.Mails()
	if p.Sent != 3 || len(mails) != 3 {
		t.Fatalf("%+v, %d letters arrived", p, len(mails))
	}
	if p := h.ask(t, asking.Add(time.Minute)); p.Sent+p.Made != 0 || len(h.office.Mails()) != 3 {
		t.Errorf("and again: %+v", p)
	}
	for _, m := range mails {
		head := headOf(t, m)
		stop, page := head.Get("List-Unsubscribe"), tokenIn(t, m)
		if stop == "" || head.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" || !strings.Contains(plain(t, m), page) {
			t.Errorf("%v", head)
		}
		if strings.Contains(string(m.Body), "<img") || strings.Contains(plain(t, m), "[") {
			t.Errorf("the letter:\n%s", plain(t, m))
		}
	}
	v, err := h.Invited(t.Context(), tokenIn(t, mails[0]))
	if err != nil || v.State != behold.InviteSent || v.Address != mails[0].To[0] || v.Until != behold.DayOf(asking)+answerFor {
		t.Fatalf("%+v, %v", v, err)
	}
	h.must(t, h.Reply(t.Context(), &v, []behold.Reply{{Item: "satisfaction", Value: 5, Scale: 5}}, false, asking.Add(time.Hour)))
	set, err := h.State.Settings(t.Context())
	h.must(t, err)
	set.Surveys.Daily = 1
	h.must(t, h.State.SaveSettings(t.Context(), set, ""))
	again := asking.AddDate(0, 0, 7)
	h.ask(t, again)
	reminded := 0
	for _, m := range h.office.Mails()[3:] {
		if m.To[0] == v.Address {
			t.Error("who answered is reminded")
		}
		if strings.Contains(headOf(t, m).Get("Message-Id"), ".again.") {
			reminded++
			if tokenIn(t, m) == tokenIn(t, mails[0]) {
				t.Error("two letters have one address")
			}
		}
	}
	if reminded != 2 {
		t.Errorf("%d are reminded, want the two who did not answer", reminded)
	}
	before := len(h.office.Mails())
	h.ask(t, again.AddDate(0, 0, 7).Add(time.Hour))
	for _, m := range h.office.Mails()[before:] {
		for _, old := range mails {
			if m.To[0] == old.To[0] {
				t.Errorf("%s is reminded twice", m.To[0])
			}
		}
	}
}

func TestNobodyIsAskedUntilTheOwnerSaysSo(t *testing.T) {
	h := openAsking(t, 12)
	set, err := h.State.Settings(t.Context())
	h.must(t, err)
	set.Surveys.On = false
	h.must(t, h.State.SaveSettings(t.Context(), set, ""))
	if p := h.ask(t, asking); p.Made+p.Sent != 0 {
		t.Errorf("%+v", p)
	}
	if err := h.SurveyCheck(t.Context()); codeOf(err) != "survey_off" || behold.HintOf(err) == "" {
		t.Errorf("%v", err)
	}
	drawn, made, err := h.Survey(t.Context(), behold.DayOf(asking), asking, false)
	if err != nil || made || drawn.Day.Size != 3 {
		t.Errorf("a dry run: %+v %v, %v", drawn.Day, made, err)
	}
	if days, err := h.State.SurveyDays(t.Context(), behold.NoDay, behold.NoDay); err != nil || len(days) != 0 {
		t.Errorf("a dry run keeps %v, %v", days, err)
	}
}

// The mail server refuses an address for good, or for now; whoever objects between
// the lot and the letter gets none.
func TestRefusedLaterAndStopped(t *testing.T) {
	h := openAsking(t, 12)
	_, _, err := h.Survey(t.Context(), behold.DayOf(asking), asking.Add(-4*time.Hour), true)
	h.must(t, err)
	invites, err := h.State.Invites(t.Context(), behold.NoDay, behold.NoDay)
	if err != nil || len(invites) != 3 {
		t.Fatalf("%d, %v", len(invites), err)
	}
	h.must(t, h.NoSurveys(t.Context(), &invites[0], asking))
	h.office.Obey(postoffice.Rules{Address: postoffice.Refusal(550, "no such mailbox")})
	if p := h.ask(t, asking); p.Failed != 2 || p.Sent != 0 {
		t.Errorf("%+v", p)
	}
	h.office.Obey(postoffice.Rules{})
	if p := h.ask(t, asking.Add(time.Hour)); p.Sent != 0 {
		t.Errorf("a refused address is tried again: %+v", p)
	}
	next := asking.AddDate(0, 0, 1)
	_, err = h.Round(t.Context(), behold.DayOf(next)-1, nil)
	h.must(t, err)
	drawn, _, err := h.Survey(t.Context(), behold.DayOf(next), next, false)
	h.must(t, err)
	whys := map[behold.NotAsked]int{}
	for _, k := range drawn.Askings {
		whys[k.Why]++
	}
	if whys[behold.AskBounced] != 2 || whys[behold.AskObjected] != 1 {
		t.Errorf("the next day: %v", whys)
	}
	h.office.Obey(postoffice.Rules{Content: []error{postoffice.Refusal(451, "busy")}})
	if p := h.ask(t, next); p.Sent != 2 || p.Waiting != 1 {
		t.Errorf("refused for now: %+v", p)
	}
	if p := h.ask(t, next.Add(10*time.Minute)); p.Sent != 1 {
		t.Errorf("tried again: %+v", p)
	}
}

// Letters that nobody sent in time are not sent late.
func TestOldLotsAreLetLie(t *testing.T) {
	h := openAsking(t, 12)
	_, _, err := h.Survey(t.Context(), behold.DayOf(asking), asking, true)
	h.must(t, err)
	late := asking.AddDate(0, 0, 14)
	h.ask(t, late)
	for _, m := range h.office.Mails() {
		id := headOf(t, m).Get("Message-Id")
		for _, old := range []string{"survey.1.", "survey.2.", "survey.3."} {
			if strings.Contains(id, old) {
				t.Errorf("%s is sent after two weeks", id)
			}
		}
	}
}

// An unhappy answer opens a case at once, and one only; the words come to it; who
// leaves a number is called; and the answer lights the lamp in the next round.
func TestAnUnhappyAnswerOpensACase(t *testing.T) {
	h := openAsking(t, 40)
	h.ask(t, asking)
	mails := h.office.Mails()
	v, err := h.Invited(t.Context(), tokenIn(t, mails[0]))
	h.must(t, err)
	for range 2 {
		h.must(t, h.Reply(t.Context(), &v, []behold.Reply{{Item: "satisfaction", Value: 1, Scale: 5}, {Item: "effort", Value: 2, Scale: 7}}, false, asking.Add(time.Hour)))
	}
	cases, err := h.State.CasesOf(t.Context(), v.Customer)
	if err != nil || len(cases) != 1 || cases[0].Opening.Origin != behold.ByAnswer || cases[0].Owner != "mette@firm.example" {
		t.Fatalf("%+v, %v", cases, err)
	}
	h.must(t, h.Reply(t.Context(), &v, []behold.Reply{{Item: "why", Value: math.NaN(), Scale: math.NaN(), Text: "I glemte os."}}, true, asking.Add(2*time.Hour)))
	h.must(t, h.CallMe(t.Context(), &v, "+45 12 34 56 78", asking.Add(3*time.Hour)))
	h.must(t, h.mindAnswers(t.Context(), asking.Add(4*time.Hour)))
	cases, err = h.State.CasesOf(t.Context(), v.Customer)
	if err != nil || len(cases) != 1 || len(cases[0].Heard) != 2 || cases[0].Heard[0].Why != "I glemte os." || cases[0].Heard[1].Origin != behold.ByCallMe {
		t.Fatalf("%+v, %v", cases, err)
	}
	_, err = h.Round(t.Context(), behold.DayOf(asking), nil)
	h.must(t, err)
	events, _, err := h.Facts.Events(t.Context(), v.Customer, behold.DayOf(asking), behold.Slice{})
	h.must(t, err)
	answer := 0
	for _, e := range events {
		if e.Table == behold.TableAnswers && e.ID == answerID(v.ID) {
			answer++
			if e.Value != 1 || e.Scale != 5 || !strings.Contains(e.Text, "I glemte os.") || strings.Contains(e.Text, "12 34") {
				t.Errorf("%+v", e)
			}
		}
	}
	if answer != 1 {
		t.Errorf("%d answers in the warehouse", answer)
	}
	lit, _, err := h.State.LitLamps(t.Context(), behold.LampQuery{Day: behold.DayOf(asking), ID: v.Customer})
	if err != nil || len(lit) == 0 {
		t.Errorf("no lamp burns: %v", err)
	}
}

// A process that is killed between the mail server's yes and our mark sends the
// letter once more with the same Message-ID, and both addresses in it work.
func TestKilledBetweenYesAndMark(t *testing.T) {
	h := openAsking(t, 12)
	_, _, err := h.Survey(t.Context(), behold.DayOf(asking), asking, true)
	h.must(t, err)
	v, ok, err := h.State.ClaimInvite(t.Context(), asking, letterHeld)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	set, err := h.State.Settings(t.Context())
	h.must(t, err)
	server := h.config.mailServer()
	h.must(t, h.sendInvite(t.Context(), &server, &set, &v, asking)) // and then the lights go out
	h.must(t, h.Close())
	h.open(t)
	h.ask(t, asking.Add(time.Minute))
	if n := len(h.office.Mails()); n != 3 {
		t.Fatalf("%d letters: the one that was taken is not anybody's yet", n)
	}
	h.ask(t, asking.Add(letterHeld+time.Minute))
	mails := h.office.Mails()
	if len(mails) != 4 {
		t.Fatalf("%d letters", len(mails))
	}
	first, last := mails[0], mails[3]
	if headOf(t, first).Get("Message-Id") != headOf(t, last).Get("Message-Id") {
		t.Error("it has another Message-ID the second time")
	}
	for _, m := range []postoffice.Mail{first, last} {
		if found, err := h.Invited(t.Context(), tokenIn(t, m)); err != nil || found.ID != v.ID {
			t.Errorf("%+v, %v", found, err)
		}
	}
	h.ask(t, asking.Add(2*time.Hour))
	if n := len(h.office.Mails()); n != 4 {
		t.Errorf("%d letters in the end", n)
	}
}

// A server that is stopped in the middle of a letter puts it back.
func TestStoppedInTheMiddle(t *testing.T) {
	h := openAsking(t, 12)
	_, _, err := h.Survey(t.Context(), behold.DayOf(asking), asking, true)
	h.must(t, err)
	ctx, stop := context.WithCancel(t.Context())
	h.office.Obey(postoffice.Rules{Content: []error{func() error { stop(); return postoffice.Refusal(451, "going down") }()}})
	if _, err := h.PostSurveys(ctx, asking, false); err == nil {
		t.Log("it went on: nothing was taken yet")
	}
	h.office.Obey(postoffice.Rules{})
	h.ask(t, asking.Add(letterHeld+time.Minute))
	met := map[string]int{}
	for _, m := range h.office.Mails() {
		met[m.To[0]]++
	}
	for to, n := range met {
		if n > 1 {
			t.Errorf("%s got %d letters", to, n)
		}
	}
	if len(met) != 3 {
		t.Errorf("%d got a letter", len(met))
	}
}

// Who did not answer is an empty form in the warehouse, once the time is over.
func TestNoAnswerIsAFact(t *testing.T) {
	h := openAsking(t, 12)
	h.ask(t, asking)
	rows, err := h.answerRows(t.Context(), asking.AddDate(0, 0, answerFor))
	if err != nil || rows.Len() != 0 {
		t.Errorf("%d rows while there is time, %v", rows.Len(), err)
	}
	rows, err = h.answerRows(t.Context(), asking.AddDate(0, 0, answerFor+2))
	if err != nil || rows.Len() != 3 || !math.IsNaN(rows.Columns[behold.TableAnswers.Column("value")].Number[0]) {
		t.Errorf("%d rows, %v", rows.Len(), err)
	}
}
