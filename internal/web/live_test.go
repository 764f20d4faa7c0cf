package web

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/chromium"
)

// heard is what an open page is told.
type heard struct {
	t       *testing.T
	changes chan saidNews // closed when the stream ends
	header  http.Header
}

// listenTo opens a stream as a page does, and waits until it is heard.
func listenTo(t *testing.T, base, path string, headers ...string) *heard {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, "GET", base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("the stream answers %s", answer.Status)
	}
	h := &heard{t: t, changes: make(chan saidNews, 100), header: answer.Header}
	begun := make(chan bool, 1)
	go func() {
		defer answer.Body.Close()
		defer close(h.changes)
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			if lines.Text() == "event: beat" {
				select {
				case begun <- true:
				default:
				}
			}
			data, ok := strings.CutPrefix(lines.Text(), "data: ")
			if !ok {
				continue
			}
			var c saidNews
			if err := json.Unmarshal([]byte(data), &c); err != nil {
				t.Errorf("the stream says %q", data)
			}
			h.changes <- c
		}
	}()
	select {
	case <-begun:
	case <-time.After(5 * time.Second):
		t.Fatal("the stream says nothing: is it held back?")
	}
	return h
}

func (h *heard) next() (saidNews, bool) {
	h.t.Helper()
	select {
	case c, ok := <-h.changes:
		return c, ok
	case <-time.After(5 * time.Second):
		h.t.Fatal("nothing was heard")
		return saidNews{}, false
	}
}

// Two pages are open; what is decided is heard in both, each in its language,
// and nothing of what was written.
func TestChangesAreHeard(t *testing.T) {
	shop := nordkaffe()
	server := httptest.NewServer(New(shop.deps(t.TempDir())))
	t.Cleanup(server.Close)
	english := listenTo(t, server.URL, "/live", "Accept-Language", "en")
	danish := listenTo(t, server.URL, "/live", "Accept-Language", "da")
	if enc, held := english.header.Get("Content-Encoding"), english.header.Get("X-Accel-Buffering"); enc != "" || held != "no" {
		t.Errorf("the stream is compressed (%q) or held back (%q)", enc, held)
	}
	form := func(path, body string) {
		answer, err := http.Post(server.URL+path, "application/x-www-form-urlencoded", strings.NewReader(body))
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatal(answer, err)
		}
		answer.Body.Close()
	}
	form("/customers/"+strandID+"/lamps/rhythm", "state=snoozed&why=secret&until=2025-12-20")
	form("/customers/"+strandID+"/mood", "feels=bad&note=secret")
	form("/settings", "company=X&currency=SEK&language=sv&dial=2&merge_days=3")
	for _, want := range []saidNews{
		{Kind: LampDecided, Customer: strandID, Says: "Somebody put this aside for later"},
		{Kind: MoodSaid, Customer: strandID, Says: "Somebody noted how they feel"},
		{Kind: SettingsSaved, Says: "The settings were changed"},
	} {
		if got, _ := english.next(); got != want {
			t.Errorf("heard %+v, want %+v", got, want)
		}
		if got, _ := danish.next(); got.Kind != want.Kind || got.Says == want.Says {
			t.Errorf("heard in Danish: %+v", got)
		}
	}
}

// What was refused is not told.
func TestRefusedIsNotHeard(t *testing.T) {
	server := httptest.NewServer(New(nordkaffe().deps(t.TempDir())))
	t.Cleanup(server.Close)
	on := listenTo(t, server.URL, "/live")
	for _, body := range []string{"state=snoozed&until=2025-12-20", "state=acknowledged"} {
		answer, err := http.Post(server.URL+"/customers/"+strandID+"/lamps/rhythm", "application/x-www-form-urlencoded", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
	}
	if got, _ := on.next(); got.Says != "Somebody has taken this" {
		t.Errorf("heard %+v first", got)
	}
}

// A server that stops ends its streams at once, and takes no new ones.
func TestStreamsEndWithTheServer(t *testing.T) {
	d := nordkaffe().deps(t.TempDir())
	d.Live = NewLive()
	server := httptest.NewUnstartedServer(New(d))
	server.Config.RegisterOnShutdown(d.Live.Close)
	server.Start()
	on := []*heard{listenTo(t, server.URL, "/live"), listenTo(t, server.URL, "/live")}
	began := time.Now()
	if err := server.Config.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, h := range on {
		if _, open := h.next(); open {
			t.Error("the stream goes on")
		}
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("stopping took %v", took)
	}
	if _, err := d.Live.listen("x", ""); behold.KindOf(err) != behold.Unavailable {
		t.Errorf("a stopped server is listened to: %v", err)
	}
	if n := len(d.Live.all) + len(d.Live.from); n != 0 {
		t.Errorf("%d listeners are left", n)
	}
}

// One who does not listen is dropped, and nobody waits for them.
func TestSlowListenerIsDropped(t *testing.T) {
	l := NewLive()
	slow, err := l.listen("slow", "")
	if err != nil {
		t.Fatal(err)
	}
	quick, _ := l.listen("quick", "")
	for range listenerQueue + 1 {
		l.Publish(News{Kind: RoundWalked})
		<-quick.changes
	}
	n := 0
	for range slow.changes {
		n++
	}
	if n != listenerQueue {
		t.Errorf("%d changes were kept for one who does not listen", n)
	}
	l.leave(slow) // as the stream does when it ends: twice is once
	if len(l.all) != 1 || l.from["slow"] != 0 {
		t.Errorf("%d listen: %v", len(l.all), l.from)
	}
}

func TestListenersAreLimited(t *testing.T) {
	l := NewLive()
	for range listenersEach {
		if _, err := l.listen("anna", ""); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.listen("anna", ""); behold.KindOf(err) != behold.Unavailable {
		t.Errorf("one too many: %v", err)
	}
	if _, err := l.listen("bo", ""); err != nil {
		t.Errorf("somebody else: %v", err)
	}
}

// A page that shows work hears how far it is; others do not.
func TestProgressIsHeard(t *testing.T) {
	shop := nordkaffe()
	shop.slow = 100 * time.Millisecond
	d := shop.deps(t.TempDir())
	d.Live = NewLive()
	server := httptest.NewServer(New(d))
	t.Cleanup(server.Close)
	body, kind := form(t, "ordrer.csv", "Kunde;Dato\nK-1;2025-01-01\n")
	_, _, header := ask(t, server.Config.Handler, "POST", "/imports", body, "Content-Type", kind)
	upload := strings.TrimPrefix(header.Get("Location"), "/uploads/")
	wait(t, server.Config.Handler, header.Get("Location"), "What an import would do")
	other := listenTo(t, server.URL, "/live")
	on := listenTo(t, server.URL, "/live?task="+upload)
	if status, _, _ := ask(t, server.Config.Handler, "POST", "/uploads/"+upload, nil); status != http.StatusSeeOther {
		t.Fatal(status)
	}
	moved := false
	for {
		c, open := on.next()
		if !open {
			t.Fatal("the stream ended")
		}
		moved = moved || c.Kind == taskMoved && c.Share > 0 && strings.HasPrefix(c.Says, "Reading the file.") && !c.Ended
		if c.Ended {
			break
		}
	}
	if !moved {
		t.Error("the work was not heard to move")
	}
	d.Live.Publish(News{Kind: RoundWalked})
	if c, _ := other.next(); c.Kind != RoundWalked {
		t.Errorf("a page that does not show the work heard %+v", c)
	}
}

// Work that is stopped before it is done keeps nothing, and says so; what is done
// cannot be stopped.
func TestStop(t *testing.T) {
	s := &server{Deps: Deps{Live: NewLive()}}
	halt := make(chan bool)
	for what, want := range map[string]bool{"import": true, "round": true, "undo": false, "count": false} {
		task := s.beginAs(t.Context(), what, what, "a.csv", func(ctx context.Context, _ *task) (result, error) {
			select {
			case <-ctx.Done():
				return result{}, ctx.Err()
			case <-halt:
				return result{receipt: &behold.Receipt{}}, nil
			}
		})
		if task.canStop() != want {
			t.Errorf("%s can be stopped: %v", what, !want)
		}
		w := httptest.NewRecorder()
		r := httptest.NewRequest("POST", "/work/"+what+"/stop", nil)
		r.SetPathValue("task", what)
		if err := s.stopTask(w, &request{Request: r}); err != nil || w.Header().Get("Location") != "/work/"+what {
			t.Fatal(err, w.Header())
		}
		if !want {
			halt <- true
		}
		for range 1000 {
			if _, _, ended := task.outcome(); ended {
				break
			}
			time.Sleep(time.Millisecond)
		}
		if _, _, ended := task.outcome(); !ended || task.stopped() != want {
			t.Errorf("%s: ended %v, stopped %v", what, ended, task.stopped())
		}
	}
}

// An import that fails by itself is not called stopped, nor one whose rows are in.
func TestStoppedIsNotFailed(t *testing.T) {
	failed := &task{what: "import", ended: true, err: errors.New("full")}
	late := &task{what: "import", ended: true, asked: true, err: io.EOF, came: result{receipt: &behold.Receipt{}}}
	if failed.stopped() || late.stopped() {
		t.Error("what was not stopped says so")
	}
}

func TestTimesAreRough(t *testing.T) {
	now := time.Now()
	slow := &task{what: "round", stage: "judging", began: now.Add(-100 * time.Second), since: now.Add(-60 * time.Second)}
	slow.done.Store(25)
	slow.total.Store(100)
	gone, left := slow.spent(now)
	if gone != 100*time.Second || left != 180*time.Second {
		t.Errorf("gone %v, left %v", gone, left)
	}
	slow.done.Store(1)
	if _, left := slow.spent(now); left >= 0 {
		t.Errorf("at 1%% nobody can tell: %v", left)
	}
}

// One who sees own customers alone hears nothing about the others', and who did
// what is told by name.
func TestNothingIsHeardOfOthersCustomers(t *testing.T) {
	o := staffed(t)
	o.settings.MembersSee = behold.SeeOwn
	o.customers[0].Colleague, o.customers[1].Colleague = "somebody@else.example", at("member")
	server := chromium.Serve(t, o.pages)
	pass := func(name string) string {
		return passCookie + "=" + o.browser(t).signIn(name).cookies[passCookie]
	}
	member, owner := listenTo(t, server.URL, "/live", "Cookie", pass("member")), listenTo(t, server.URL, "/live", "Cookie", pass("owner"))
	manager := o.browser(t).signIn("manager")
	for _, id := range []string{o.customers[0].ID, o.customers[1].ID} {
		manager.post("/customers/"+id+"/mood", "feels", "bad").want(t, id, http.StatusSeeOther)
	}
	if c, _ := owner.next(); c.Customer != o.customers[0].ID || c.Says != "manager noted how they feel" {
		t.Errorf("the owner heard %+v", c)
	}
	if c, _ := member.next(); c.Customer != o.customers[1].ID || c.Mine {
		t.Errorf("the member heard %+v first", c)
	}
	member.none()
}

// Who signs out, leaves or gets another role hears nothing more; the others do.
func TestStreamsEndWithTheSession(t *testing.T) {
	o := staffed(t)
	server := chromium.Serve(t, o.pages)
	hear := func(name string) (*browser, *heard) {
		b := o.browser(t).signIn(name)
		return b, listenTo(t, server.URL, "/live", "Cookie", passCookie+"="+b.cookies[passCookie])
	}
	owner, stays := hear("owner")
	member, out := hear("member")
	_, reader := hear("reader")
	_, manager := hear("manager")
	member.post("/sign-out").want(t, "sign out", http.StatusSeeOther)
	owner.post("/settings/colleagues/"+at("reader")+"/gone").want(t, "gone", http.StatusSeeOther)
	owner.post("/settings/colleagues/"+at("manager")+"/role", "role", "reader").want(t, "role", http.StatusSeeOther)
	for name, h := range map[string]*heard{"who signed out": out, "who left": reader, "with another role": manager} {
		if _, open := h.next(); open {
			t.Error(name, "hears on")
		}
	}
	owner.post("/customers/"+strandID+"/mood", "feels", "bad").want(t, "mood", http.StatusSeeOther)
	if c, open := stays.next(); !open || c.Kind != MoodSaid {
		t.Errorf("the owner heard %+v", c)
	}
}

// none wants nothing more to be heard.
func (h *heard) none() {
	h.t.Helper()
	select {
	case c, open := <-h.changes:
		if open {
			h.t.Errorf("heard %+v too", c)
		}
	case <-time.After(50 * time.Millisecond):
	}
}
