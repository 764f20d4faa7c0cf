package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"

	"behold"
	walk "behold/internal/round"
)

// A task is long work that goes on while pages are asked for. It belongs to
// the server, not to the request that began it: closing the page stops nothing.
type task struct {
	id     string
	what   string // count, import, round, undo: the end of a phrase key
	file   string
	done   atomic.Int64
	total  atomic.Int64
	stage  atomic.Pointer[string] // reading, judging
	mu     sync.Mutex
	ended  bool
	err    error
	result result
}

// A result is what a task came to.
type result struct {
	receipt *behold.Receipt
	files   []taken // of several files at once
	round   *behold.Round
	losses  *walk.LossReport
}

// tasks are the long works of this server's life.
type tasks struct {
	mu  sync.Mutex
	all map[string]*task
}

// begin starts a task and gives it at once.
func (s *server) begin(ctx context.Context, what, file string, work func(context.Context, *task) (result, error)) *task {
	return s.beginAs(ctx, rand.Text(), what, file, work)
}

// beginAs starts a task that goes by an id.
func (s *server) beginAs(ctx context.Context, id, what, file string, work func(context.Context, *task) (result, error)) *task {
	t := &task{id: id, what: what, file: file}
	t.at("reading")
	if what == "round" {
		t.at("judging")
	}
	s.tasks.mu.Lock()
	if s.tasks.all == nil {
		s.tasks.all = map[string]*task{}
	}
	s.tasks.all[t.id] = t
	s.tasks.mu.Unlock()
	go func() {
		result, err := work(context.WithoutCancel(ctx), t)
		if err != nil && behold.KindOf(err) == behold.Internal {
			s.Log.Error("work failed", "what", what, "error", err)
		}
		t.end(result, err)
	}()
	return t
}

func (t *task) at(stage string) { t.stage.Store(&stage) }

func (t *task) progress(done, total int64) {
	t.done.Store(done)
	t.total.Store(total)
}

func (t *task) end(r result, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended, t.result, t.err = true, r, err
}

// outcome is what the task came to, and whether it has ended.
func (t *task) outcome() (result, error, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.result, t.err, t.ended
}

// share is how much is done, from 0 to 1; below 0 when nobody can tell.
func (t *task) share() float64 {
	total := t.total.Load()
	if total <= 0 {
		return -1
	}
	return min(1, float64(t.done.Load())/float64(total))
}

func (s *server) task(id string) (*task, error) {
	s.tasks.mu.Lock()
	defer s.tasks.mu.Unlock()
	if t, ok := s.tasks.all[id]; ok {
		return t, nil
	}
	return nil, &behold.Error{Kind: behold.NotFound, Say: "this work is not known any more", Hint: "the server was started anew since; the list of imports says what was kept"}
}

func (s *server) taskPage(w http.ResponseWriter, r *request) error {
	t, err := s.task(r.PathValue("task"))
	if err != nil {
		return err
	}
	p := s.page(r, "/imports")
	if _, _, ended := t.outcome(); !ended {
		p.refresh = 2
	}
	return s.show(w, r, http.StatusOK, taskContent(p.titled(p.T("page.work."+t.title())), t))
}

// startRound judges all customers anew, as of the day the form says.
func (s *server) startRound(w http.ResponseWriter, r *request) error {
	day, err := s.roundDay(r.Context())
	if given := r.PostFormValue("day"); given != "" && err == nil {
		day, err = behold.ParseDay(given)
	}
	if err != nil {
		return err
	}
	t := s.begin(r.Context(), "round", "", func(ctx context.Context, t *task) (result, error) {
		round, err := s.Work.Round(ctx, day, t.progress)
		if err == nil {
			s.noted(r, behold.RoundMade, round.Day.String())
		}
		return result{round: round}, err
	})
	seeOther(w, r, "/work/"+t.id)
	return nil
}

// judge walks the round that an import or an undo makes due. Nothing to judge
// is no failure: the last orders may just have been taken back.
func (s *server) judge(ctx context.Context, t *task) (*behold.Round, error) {
	span, err := s.Arrivals.Extent(ctx, endOfTime)
	if err != nil || span.Lines == 0 {
		return nil, err
	}
	day, err := s.roundDay(ctx)
	if err != nil {
		return nil, err
	}
	t.at("judging")
	t.progress(0, 0)
	round, err := s.Work.Round(ctx, day, t.progress)
	if err != nil {
		return nil, errors.Join(&behold.Error{Kind: behold.KindOf(err), Say: "the file is in, the round after it failed", Hint: "run the round again from Today"}, err)
	}
	return round, nil
}

// title is the end of the phrase that heads the task's page.
func (t *task) title() string {
	if t.what == "round" {
		return "title_round"
	}
	return t.what
}
