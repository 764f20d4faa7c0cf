package web

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"behold"
)

// A saidNews is what a page is told, in the language of whoever looks at it.
type saidNews struct {
	Kind     NewsKind `json:"kind"`
	Customer string   `json:"customer,omitempty"`
	Says     string   `json:"says,omitempty"`
	Mine     bool     `json:"mine,omitempty"`
	Task     string   `json:"task,omitempty"`
	Share    float64  `json:"share,omitempty"` // of the task's stage, in percent
	Time     string   `json:"time,omitempty"`  // how long the task has taken, and will
	Ended    bool     `json:"ended,omitempty"`
}

const (
	streamBeat  = 20 * time.Second // a stream that says nothing for longer is broken
	streamLife  = 5 * time.Minute  // then the page asks again, and is asked who it is
	streamWrite = 10 * time.Second // a page that does not read for longer has gone
)

// liveStream tells a page what changes, until it goes, the server stops or it is
// time to ask again who looks.
func (s *server) liveStream(w http.ResponseWriter, r *request) error {
	on, err := s.Live.listen(s.listenersName(r), r.URL.Query().Get("task"))
	if err != nil {
		return err
	}
	defer s.Live.leave(on)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "private, no-store")
	h.Set("X-Accel-Buffering", "no")          // nginx would hold it back
	h.Set(gzhttp.HeaderNoCompression, "live") // and so would we
	ctx, done := context.WithTimeout(r.Context(), streamLife)
	defer done()
	to := stream{to: w, flush: http.NewResponseController(w)}
	defer func() { _ = to.flush.SetWriteDeadline(time.Time{}) }() // the connection serves other requests
	s.tell(ctx, r, on, to)
	return nil
}

// tell writes what a listener hears, and a beat when there is nothing. It ends
// when nobody reads any more: that is no failure.
func (s *server) tell(ctx context.Context, r *request, on *listener, to stream) {
	p := s.page(r, "")
	beat := time.NewTicker(streamBeat)
	defer beat.Stop()
	err := to.say("event: beat\ndata:\n\n")
	for err == nil {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
			err = to.say("event: beat\ndata:\n\n")
		case c, open := <-on.changes:
			if !open {
				return
			}
			if s.tellsOf(r, c) {
				err = to.change(p.saidNews(c, r.who))
			}
		}
	}
}

// tellsOf says whether one who listens may hear of it: of customers whom they may
// not see, and of work on everybody's files, they hear nothing.
func (s *server) tellsOf(r *request, c News) bool {
	switch {
	case r.whose.Colleague == "":
		return true
	case c.task != nil:
		return false
	}
	return c.Customer == "" || s.mustSee(r, c.Customer) == nil
}

// A stream is an answer that goes on.
type stream struct {
	to    io.Writer
	flush *http.ResponseController
}

func (s stream) say(text string) error {
	// A writer without deadlines or without flushing is a test's.
	_ = s.flush.SetWriteDeadline(time.Now().Add(streamWrite))
	if _, err := io.WriteString(s.to, text); err != nil {
		return err
	}
	return s.flush.Flush()
}

func (s stream) change(c saidNews) error {
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return s.say("data: " + string(b) + "\n\n")
}

// saidNews says a change to one who looks.
func (p page) saidNews(c News, to behold.Colleague) saidNews {
	if c.task != nil {
		return p.saidTask(c.task)
	}
	who := cmp.Or(c.Who.Name, c.Who.Email, p.T("live.somebody"))
	said := saidNews{Kind: c.Kind, Customer: c.Customer, Mine: to.Email != "" && to.Email == c.Who.Email}
	switch c.Kind {
	case LampDecided:
		said.Says = p.decidedSays(c.State, who)
	case MoodSaid:
		said.Says = p.T("live.mood", "Who", who)
	case EntryMade:
		said.Says = p.T("live.entry", "Who", who)
	case EntryUndone:
		said.Says = p.T("live.entry_undone", "Who", who)
	case CaseMoved:
		said.Says = p.T("case.live", "Who", who)
	case ManyDecided:
		said.Says = p.T("live.many", "Who", who)
	case RoundWalked:
		said.Says = p.T("live.round")
	case FileRead:
		said.Says = p.T("live.import")
	case FileUndone:
		said.Says = p.T("live.import_undone")
	case SettingsSaved:
		said.Says = p.T("live.settings")
	}
	return said
}

func (p page) decidedSays(state behold.LampState, who string) string {
	switch state {
	case behold.Acknowledged:
		return p.T("live.taken", "Who", who)
	case behold.Snoozed:
		return p.T("live.snoozed", "Who", who)
	case behold.FalseAlarm:
		return p.T("live.false_alarm", "Who", who)
	}
	return p.T("live.lit", "Who", who)
}
