package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"behold"
	walk "behold/internal/round"
)

// A task is long work that goes on while pages are asked for. It belongs to
// the server, not to the request that began it: closing the page stops nothing.
type task struct {
	id    string
	what  string // count, import, round, undo: the end of a phrase key
	file  string
	began time.Time
	moved func()             // tells the pages that show it
	stop  context.CancelFunc // of what can still be stopped with nothing kept
	done  atomic.Int64
	total atomic.Int64
	told  atomic.Int64 // when the pages were last told of progress
	mu    sync.Mutex   // of what follows
	stage string       // reading, judging, removing
	since time.Time    // the beginning of the stage
	must  bool         // go on to its end: something is kept already
	asked bool         // to stop
	ended bool
	took  time.Duration
	err   error
	came  result
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

// tellEvery is how often pages are told of a task's progress.
const tellEvery = 200 * time.Millisecond

// begin starts a task and gives it at once.
func (s *server) begin(ctx context.Context, what, file string, work func(context.Context, *task) (result, error)) *task {
	return s.beginAs(ctx, rand.Text(), what, file, work)
}

// beginAs starts a task that goes by an id.
func (s *server) beginAs(ctx context.Context, id, what, file string, work func(context.Context, *task) (result, error)) *task {
	now := time.Now()
	t := &task{id: id, what: what, file: file, began: now, since: now, stage: "reading"}
	if what == "round" {
		t.stage = "judging"
	}
	t.moved = func() { s.Live.Publish(News{Kind: taskMoved, task: t}) }
	ctx, t.stop = context.WithCancel(context.WithoutCancel(ctx))
	s.tasks.mu.Lock()
	if s.tasks.all == nil {
		s.tasks.all = map[string]*task{}
	}
	s.tasks.all[t.id] = t
	s.tasks.mu.Unlock()
	go func() {
		defer t.stop()
		came, err := work(ctx, t)
		if err != nil && behold.KindOf(err) == behold.Internal && ctx.Err() == nil {
			s.Log.Error("work failed", "what", what, "error", err)
		}
		t.end(came, err)
	}()
	return t
}

// at says which stage the task has reached; what was asked of it before goes on
// to the end of that stage.
func (t *task) at(stage string) {
	t.mu.Lock()
	t.stage, t.since = stage, time.Now()
	t.mu.Unlock()
	t.done.Store(0)
	t.total.Store(0)
	t.moved()
}

func (t *task) progress(done, total int64) {
	t.done.Store(done)
	t.total.Store(total)
	now, last := time.Now().UnixMilli(), t.told.Load()
	if now-last >= tellEvery.Milliseconds() && t.told.CompareAndSwap(last, now) {
		t.moved()
	}
}

func (t *task) end(came result, err error) {
	t.mu.Lock()
	t.ended, t.came, t.err, t.took = true, came, err, time.Since(t.began)
	t.mu.Unlock()
	t.moved()
}

// outcome is what the task came to, and whether it has ended.
func (t *task) outcome() (result, error, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.came, t.err, t.ended
}

// stopped says whether the task ended because somebody asked it to.
func (t *task) stopped() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ended && t.asked && t.err != nil && t.came.receipt == nil && t.came.round == nil
}

// canStop says whether the task can be stopped with nothing kept. An undo
// cannot: half of it would be neither here nor there; nor can an import whose
// rows are in already.
func (t *task) canStop() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return !t.ended && !t.must && (t.what == "round" || t.what == "import" && t.stage == "reading")
}

// mustEnd says that the task cannot be stopped from here on, and gives the context
// in which it goes on.
func (t *task) mustEnd(ctx context.Context) context.Context {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.must = true
	return context.WithoutCancel(ctx)
}

// share is how much of the stage is done, from 0 to 1; below 0 when nobody can
// tell.
func (t *task) share() float64 {
	total := t.total.Load()
	if total <= 0 {
		return -1
	}
	return min(1, float64(t.done.Load())/float64(total))
}

// spent is how long the task has taken, and how long the stage will take yet;
// below 0 while nobody can tell.
func (t *task) spent(now time.Time) (gone, left time.Duration) {
	share := t.share()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended {
		return t.took, 0
	}
	stage := now.Sub(t.since)
	if share < 0.05 || stage < 2*time.Second {
		return now.Sub(t.began), -1
	}
	return now.Sub(t.began), time.Duration(float64(stage) * (1 - share) / share)
}

func (s *server) task(id string) (*task, error) {
	s.tasks.mu.Lock()
	defer s.tasks.mu.Unlock()
	if t, ok := s.tasks.all[id]; ok {
		return t, nil
	}
	return nil, &behold.Error{Kind: behold.NotFound, Code: "no_task", Say: "this work is not known any more", Hint: "the server was started anew since; the list of imports says what was kept"}
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
	return s.show(w, r, http.StatusOK, taskContent(p.titled(p.T("page.work."+t.title())), t, r.who.Role.May(behold.Manager)))
}

// stopTask stops what can be stopped. The page says what came of it: work that
// was done before it heard is done.
func (s *server) stopTask(w http.ResponseWriter, r *request) error {
	t, err := s.task(r.PathValue("task"))
	if err != nil {
		return err
	}
	if t.canStop() {
		t.mu.Lock()
		t.asked = true
		t.mu.Unlock()
		t.stop()
	}
	seeOther(w, r, "/work/"+t.id)
	return nil
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
// is no failure: the last orders may just have been taken back. It cannot be
// stopped: the file is in.
func (s *server) judge(ctx context.Context, t *task) (*behold.Round, error) {
	ctx = t.mustEnd(ctx)
	t.at("judging")
	span, err := s.Arrivals.Extent(ctx, endOfTime)
	if err != nil || span.Lines == 0 {
		return nil, err
	}
	day, err := s.roundDay(ctx)
	if err != nil {
		return nil, err
	}
	round, err := s.Work.Round(ctx, day, t.progress)
	if err != nil {
		return nil, errors.Join(&behold.Error{Kind: behold.KindOf(err), Code: "round_failed", Say: "the file is in, the round after it failed", Hint: "run the round again from Today"}, err)
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
