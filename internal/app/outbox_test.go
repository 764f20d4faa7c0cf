package app

import (
	"bytes"
	"context"
	"fmt"
	netmail "net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"behold"
	"behold/internal/postoffice"
)

// monday is a morning on which both letters are due.
var monday = time.Date(2025, 3, 10, 8, 0, 0, 0, time.Local)

// A house is a data folder with colleagues whose letters go to an office.
type house struct {
	*App
	dir    string
	office *postoffice.Office
}

// openHouse has an owner, a member with a promise due on Monday, and a reader.
func openHouse(t *testing.T) *house {
	t.Helper()
	h := &house{dir: t.TempDir()}
	var err error
	if h.office, err = postoffice.Open(postoffice.None, postoffice.Rules{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.office.Close() })
	config := fmt.Sprintf("mail_host = \"127.0.0.1\"\nmail_port = %d\nmail_tls = \"none\"\nmail_from = \"Behold <behold@firm.example>\"\nurl = \"https://behold.firm.example/\"\n", h.office.Port)
	if err := os.WriteFile(filepath.Join(h.dir, "config.toml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	h.open(t)
	t.Cleanup(func() { h.Close() })
	set := behold.DefaultSettings()
	set.Company, set.Language, set.Letters.On = "Kløverhavn", "da", true
	h.must(t, h.State.SaveSettings(t.Context(), set, ""))
	for email, role := range map[string]behold.Role{"ole@firm.example": behold.Owner, "mette@firm.example": behold.Member, "rie@firm.example": behold.Reader} {
		h.must(t, h.State.AddColleague(t.Context(), behold.Colleague{Email: email, Name: "Mette Ødegård 🌻", Role: role}, "", behold.Change{}))
	}
	h.judge(t, behold.DayOf(monday)-1)
	h.promise(t, "mette@firm.example", behold.DayOf(monday))
	return h
}

func configIn(dir string) Config {
	c := FromEnvironment("test")
	c.Data, c.Log = dir, "error"
	return c
}

// open opens the folder again, as after a restart.
func (h *house) open(t *testing.T) {
	t.Helper()
	a, err := Open(t.Context(), configIn(h.dir), "a test")
	if err != nil {
		t.Fatal(err)
	}
	h.App = a
}

func (h *house) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// judge keeps a round in which nothing is lit.
func (h *house) judge(t *testing.T, on behold.Day) {
	t.Helper()
	h.must(t, h.State.SaveRound(t.Context(), &behold.Round{Day: on, Settings: behold.DefaultSettings(), Horizon: 90}, nil, nil))
}

func (h *house) promise(t *testing.T, who string, due behold.Day) {
	t.Helper()
	at := monday.AddDate(0, 0, -3)
	h.must(t, h.State.Write(t.Context(), &behold.Entry{
		ID: fmt.Sprint("P", who, due), Customer: "K-1", Kind: behold.EntryPromise, At: at, Due: due, Done: behold.NoDay, Broken: behold.NoDay, Left: behold.NoDay,
		Who: who, Written: at, Changed: behold.EntrySignature{Who: who, At: at}, Text: "Prøver på te",
	}))
}

func (h *house) post(t *testing.T, now time.Time) Posted {
	t.Helper()
	p, err := h.PostLetters(t.Context(), now, false)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// arrived are the letters that came, as "to: subject", in the order of names.
func (h *house) arrived(t *testing.T) (all []string) {
	t.Helper()
	for _, m := range h.office.Mails() {
		all = append(all, strings.Join(m.To, ",")+": "+headOf(t, m).Get("Content-Language")+" "+headOf(t, m).Get("Message-Id"))
	}
	slices.Sort(all)
	return all
}

func headOf(t *testing.T, m postoffice.Mail) netmail.Header {
	t.Helper()
	read, err := netmail.ReadMessage(bytes.NewReader(m.Body))
	if err != nil {
		t.Fatal(err)
	}
	return read.Header
}

func TestLettersComeOnce(t *testing.T) {
	h := openHouse(t)
	if p := h.post(t, monday.Add(-2*time.Hour)); p != (Posted{}) {
		t.Errorf("before the hour: %+v", p)
	}
	if p := h.post(t, monday); p.Made != 2 || p.Sent != 2 || p.Nothing != 1 {
		t.Errorf("on Monday: %+v", p)
	}
	arrived := h.arrived(t)
	if len(arrived) != 2 || !strings.HasPrefix(arrived[0], "mette@firm.example: da <behold.morning.2025-03-10.") || !strings.HasPrefix(arrived[1], "ole@firm.example: da <behold.weekly.2025-03-10.") {
		t.Fatalf("arrived %q", arrived)
	}
	if stop := headOf(t, h.office.Mails()[0]).Get("List-Unsubscribe"); !strings.HasPrefix(stop, "<https://behold.firm.example/letters/stop/") {
		t.Errorf("List-Unsubscribe: %s", stop)
	}
	h.post(t, monday.Add(time.Minute))
	h.must(t, h.Close())
	h.open(t)
	if p := h.post(t, monday.Add(time.Hour)); p != (Posted{}) || len(h.office.Mails()) != 2 {
		t.Errorf("after a restart: %+v, %d letters", p, len(h.office.Mails()))
	}
	// The next day the promise is late, and the round is the same: that is news.
	if p := h.post(t, monday.AddDate(0, 0, 1)); p.Sent != 1 {
		t.Errorf("on Tuesday: %+v", p)
	}
	// Kept, and nothing new: no letter.
	e, err := h.State.Entry(t.Context(), fmt.Sprint("P", "mette@firm.example", behold.DayOf(monday)))
	h.must(t, err)
	e.Done, e.Changed.At = behold.DayOf(monday)+1, monday.AddDate(0, 0, 1)
	h.must(t, h.State.Change(t.Context(), &e))
	if p := h.post(t, monday.AddDate(0, 0, 2)); p.Made+p.Sent != 0 {
		t.Errorf("on Wednesday: %+v", p)
	}
	list, err := h.State.Letters(t.Context(), 10)
	h.must(t, err)
	for _, l := range list {
		if l.Text+l.HTML != "" {
			t.Errorf("letter %d still says something", l.ID)
		}
	}
}

func TestALetterIsTriedAgain(t *testing.T) {
	h := openHouse(t)
	h.office.Obey(postoffice.Rules{Content: []error{postoffice.Refusal(451, "greylisted")}})
	p, err := h.PostLetters(t.Context(), monday, false)
	if err != nil || p.Sent != 1 || p.Waiting != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	if p := h.post(t, monday.Add(30*time.Second)); p.Sent != 0 {
		t.Errorf("tried at once: %+v", p)
	}
	if p := h.post(t, monday.Add(time.Minute)); p.Sent != 1 {
		t.Errorf("after a minute: %+v", p)
	}
	if n := len(h.office.Mails()); n != 2 {
		t.Errorf("%d letters arrived", n)
	}
}

// A server that is down is left alone for longer and longer, and then everything
// comes. What is old by then is given up.
func TestServerDown(t *testing.T) {
	h := openHouse(t)
	h.office.Obey(postoffice.Rules{HangUp: true})
	p, err := h.PostLetters(t.Context(), monday, false)
	if behold.KindOf(err) != behold.Unavailable || p.Waiting != 1 || p.Made != 2 {
		t.Fatalf("%+v, %v", p, err)
	}
	if p := h.post(t, monday.Add(10*time.Second)); p.Waiting != 0 {
		t.Errorf("knocked again at once: %+v", p)
	}
	if _, err := h.PostLetters(t.Context(), monday.Add(10*time.Second), true); err == nil {
		t.Error("in a hurry it does not knock")
	}
	h.office.Obey(postoffice.Rules{})
	if p := h.post(t, monday.AddDate(0, 0, 1).Add(-2*time.Hour)); p.Sent != 1 || p.Failed != 1 {
		t.Errorf("the next day, early: %+v", p)
	}
	if got := h.arrived(t); len(got) != 1 || !strings.Contains(got[0], "weekly") {
		t.Errorf("arrived %q", got)
	}
}

func TestRefusedAddress(t *testing.T) {
	h := openHouse(t)
	h.office.Obey(postoffice.Rules{Address: postoffice.Refusal(550, "no such mailbox")})
	if p := h.post(t, monday); p.Failed != 2 || p.Waiting != 0 {
		t.Errorf("%+v", p)
	}
	list, err := h.State.Letters(t.Context(), 10)
	h.must(t, err)
	if l := list[len(list)-1]; l.State == behold.LetterFailed && (l.Why != "mail_address" || !strings.Contains(l.Answer, "no such mailbox")) {
		t.Errorf("%+v", l)
	}
	h.office.Obey(postoffice.Rules{})
	if p := h.post(t, monday.AddDate(0, 0, 1)); p.Sent != 1 {
		t.Errorf("the next day: %+v", p)
	}
}

// Who stops a letter while it waits does not get it.
func TestStoppedOnItsWay(t *testing.T) {
	h := openHouse(t)
	h.office.Obey(postoffice.Rules{Content: []error{postoffice.Refusal(451, "later"), postoffice.Refusal(451, "later")}})
	h.post(t, monday)
	h.must(t, h.State.SaveLetterChoice(t.Context(), behold.LetterChoice{Colleague: "mette@firm.example", Kind: behold.MorningList, At: monday}))
	_, err := h.State.SaveColleague(t.Context(), "rie@firm.example", func(c *behold.Colleague) { c.Role = behold.Owner }, behold.Change{})
	h.must(t, err)
	_, err = h.State.SaveColleague(t.Context(), "ole@firm.example", func(c *behold.Colleague) { c.Left = true }, behold.Change{})
	h.must(t, err)
	if p := h.post(t, monday.Add(time.Hour)); p.Failed != 2 {
		t.Errorf("%+v", p)
	}
	for _, m := range h.arrived(t) {
		if !strings.HasPrefix(m, "rie@") {
			t.Errorf("arrived %s", m)
		}
	}
}

func TestNothingIsSentWithoutAServerOrASwitch(t *testing.T) {
	h := openHouse(t)
	set, err := h.State.Settings(t.Context())
	h.must(t, err)
	set.Letters.On = false
	h.must(t, h.State.SaveSettings(t.Context(), set, ""))
	if p := h.post(t, monday); p != (Posted{}) {
		t.Errorf("switched off: %+v", p)
	}
	set.Letters.On, set.Letters.Nothing = true, true
	h.must(t, h.State.SaveSettings(t.Context(), set, ""))
	h.config.MailHost = ""
	if p := h.post(t, monday); p != (Posted{}) {
		t.Errorf("without a server: %+v", p)
	}
	h.config.MailHost = "127.0.0.1"
	if p := h.post(t, monday); p.Sent != 3 || p.Nothing != 0 {
		t.Errorf("also when there is nothing to say: %+v", p)
	}
}

// TestKilledWhileSending kills the process after the mail server has taken a
// letter and before it says so: that one letter comes twice, as the same letter,
// and no other.
func TestKilledWhileSending(t *testing.T) {
	h := openHouse(t)
	h.must(t, h.Close())
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), "BEHOLD_TEST_LETTERS="+h.dir)
	var kill sync.Once
	h.office.Obey(postoffice.Rules{Took: func() { kill.Do(func() { child.Process.Kill() }) }})
	h.must(t, child.Start())
	child.Wait()
	if n := len(h.office.Mails()); n != 1 {
		t.Fatalf("%d letters were taken before the kill", n)
	}
	h.open(t)
	if p := h.post(t, monday.Add(time.Minute)); p.Sent != 1 {
		t.Errorf("after the kill: %+v", p)
	}
	if p := h.post(t, monday.Add(letterHeld+time.Minute)); p.Sent != 1 {
		t.Errorf("when the taker is given up: %+v", p)
	}
	arrived := h.arrived(t)
	if len(arrived) != 3 || len(slices.Compact(slices.Clone(arrived))) != 2 {
		t.Errorf("arrived %q, want one of two letters twice", arrived)
	}
}

// postUntilKilled sends Monday's letters.
func postUntilKilled(dir string) error {
	ctx := context.Background()
	a, err := Open(ctx, configIn(dir), "a test")
	if err != nil {
		return err
	}
	_, err = a.PostLetters(ctx, monday, false)
	time.Sleep(10 * time.Second)
	return err
}
