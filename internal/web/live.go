package web

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"behold"
)

// A NewsKind is what became different.
type NewsKind string

// The kinds of changes.
const (
	LampDecided   NewsKind = "act"
	MoodSaid      NewsKind = "mood"
	EntryMade     NewsKind = "entry"
	EntryUndone   NewsKind = "entry_undone"
	CaseMoved     NewsKind = "case"
	ManyDecided   NewsKind = "many" // lamps of many customers at once
	RoundWalked   NewsKind = "round"
	FileRead      NewsKind = "import"
	FileUndone    NewsKind = "import_undone"
	SettingsSaved NewsKind = "settings"

	taskMoved NewsKind = "task"
)

// News tells open pages that something is different now. It carries nothing
// that anybody wrote: a page that is concerned asks for its part again.
type News struct {
	Kind     NewsKind
	Customer string           // the id; "" where it is not about one
	State    behold.LampState // of LampDecided: what was decided
	Who      behold.Colleague // whose doing it was; empty for the machine's own

	task *task
}

// Live hands changes to the pages that are open. It keeps nothing: a page that
// was not listening asks for all its parts when it comes back.
type Live struct {
	mu     sync.Mutex
	all    map[*listener]struct{}
	from   map[string]int // listeners, by whose they are
	closed bool
}

// A listener is an open page, seen from the server.
type listener struct {
	from    string    // a colleague, or the address where there is none
	task    string    // the work whose progress it shows; "" for none
	changes chan News // closed when the listener is to go
}

// How many pages may listen at once: of one colleague or address, and of all.
const (
	listenersEach = 32
	listenersAll  = 4096
	listenerQueue = 64 // changes that wait for a slow page before it is dropped
)

// NewLive makes a hub that nobody listens to yet.
func NewLive() *Live {
	return &Live{all: map[*listener]struct{}{}, from: map[string]int{}}
}

// Publish tells everybody who listens, and waits for nobody: a page that has
// fallen behind is dropped, comes back and asks for everything.
func (l *Live) Publish(c News) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for to := range l.all {
		if c.task != nil && c.task.id != to.task {
			continue
		}
		select {
		case to.changes <- c:
		default:
			l.drop(to)
		}
	}
}

// Close ends every stream, and those that would begin after it.
func (l *Live) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	for to := range l.all {
		l.drop(to)
	}
}

// dismiss ends the streams of one who has signed out, left, or may see less now:
// their pages ask again, and are asked who they are.
func (l *Live) dismiss(from string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for to := range l.all {
		if to.from == from {
			l.drop(to)
		}
	}
}

// listen begins to listen. It is Unavailable when too many do, and when the
// server is about to stop.
func (l *Live) listen(from, task string) (*listener, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || len(l.all) >= listenersAll || l.from[from] >= listenersEach {
		return nil, &behold.Error{Kind: behold.Unavailable, Say: "this page cannot be kept up to date", Hint: "load it again to see what is new"}
	}
	to := &listener{from: from, task: task, changes: make(chan News, listenerQueue)}
	l.all[to] = struct{}{}
	l.from[from]++
	return to, nil
}

// leave ends a listener, unless it was dropped before.
func (l *Live) leave(to *listener) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.drop(to)
}

func (l *Live) drop(to *listener) {
	if _, listens := l.all[to]; !listens {
		return
	}
	delete(l.all, to)
	if l.from[to.from]--; l.from[to.from] == 0 {
		delete(l.from, to.from)
	}
	close(to.changes)
}

// listenersName is whose a stream is, for the limit: the colleague's, or the
// address's where nobody signed in.
func (s *server) listenersName(r *request) string {
	if s.Access == nil {
		return s.address(r.Request)
	}
	return r.who.Email
}

// markOf tells colleagues apart, for what the browser keeps, without naming them;
// "" where nobody signs in.
func markOf(who behold.Colleague) string {
	if who.Email == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(who.Email))
	return hex.EncodeToString(sum[:6])
}
