package web

import (
	"context"
	"net/http"

	"behold"
)

// Start is what a company begins with: files of which nobody knows yet how they
// are to be read, and a shop to look around in.
type Start interface {
	// Reading is how files of a shape were read last; false when none was.
	Reading(ctx context.Context, shape string) (behold.Reading, bool, error)
	SaveReading(ctx context.Context, shape string, r behold.Reading) error
	// Holdings say how much of every table is recorded, by a day.
	Holdings(context.Context, behold.Day) ([]behold.Holding, error)

	Invention(context.Context) (behold.Invention, error)
	// Invent fills an empty data folder with the invented shop, or goes on with it.
	Invent(ctx context.Context, progress func(done, total int64)) (*behold.Round, error)
	RemoveInvented(context.Context) error
}

// A shown invention is how the invented shop stands, for the label on every page.
type shownInvention struct {
	behold.Invention
	task string // that fills or removes it now; "": none does
	demo bool   // this server shows nothing else, and nobody signs in
}

// invention is how the invented shop stands; a store that does not answer is no
// reason to call real data invented.
func (s *server) invention(ctx context.Context) (shown shownInvention) {
	shown.demo = s.Invented
	if s.Start == nil {
		return shown
	}
	i, err := s.Start.Invention(ctx)
	if err != nil {
		return shown
	}
	shown.Invention = i
	if t := s.tasks.running("invent", "disinvent"); t != nil {
		shown.task = t.id
	}
	return shown
}

// running is a task of one of the sorts that has not ended; nil: none is.
func (all *tasks) running(what ...string) *task {
	all.mu.Lock()
	defer all.mu.Unlock()
	for _, t := range all.all {
		for _, w := range what {
			if _, _, ended := t.outcome(); t.what == w && !ended {
				return t
			}
		}
	}
	return nil
}

// invent fills the folder with the invented shop. Pressed twice it fills once.
func (s *server) invent(w http.ResponseWriter, r *request) error {
	if i, err := s.Start.Invention(r.Context()); err != nil || i.Stage == behold.InventionFull {
		if err == nil {
			seeOther(w, r, "/")
		}
		return err
	}
	s.inventionWork(w, r, "invent", func(ctx context.Context, t *task) (result, error) {
		round, err := s.Start.Invent(ctx, t.progress)
		return result{round: round}, err
	})
	return nil
}

// onlyInvented refuses to take the invented shop out of a server that nobody
// signs in to: what came in after it would be open to everybody.
func (s *server) onlyInvented() error {
	if !s.Invented {
		return nil
	}
	return &behold.Error{Kind: behold.Conflict, Code: "invention_only", Say: "this server shows the invented shop and nothing else", Hint: "your own files come into: behold serve"}
}

func (s *server) inventionWork(w http.ResponseWriter, r *request, what string, work func(context.Context, *task) (result, error)) {
	t := s.tasks.running("invent", "disinvent")
	if t == nil {
		t = s.begin(r.Context(), what, "", work)
	}
	seeOther(w, r, "/work/"+t.id)
}

// removeInventedPage asks once more.
func (s *server) removeInventedPage(w http.ResponseWriter, r *request) error {
	if err := s.onlyInvented(); err != nil {
		return err
	}
	i, err := s.Start.Invention(r.Context())
	if err != nil {
		return err
	}
	if i.Stage == behold.NotInvented {
		seeOther(w, r, "/imports")
		return nil
	}
	p := s.page(r, "/imports")
	return s.show(w, r, http.StatusOK, removeInventedContent(p.titled(p.T("start.invented.remove"))))
}

func (s *server) removeInvented(w http.ResponseWriter, r *request) error {
	if err := s.onlyInvented(); err != nil {
		return err
	}
	if i, err := s.Start.Invention(r.Context()); err != nil || i.Stage == behold.NotInvented {
		if err == nil {
			seeOther(w, r, "/imports")
		}
		return err
	}
	s.inventionWork(w, r, "disinvent", func(ctx context.Context, t *task) (result, error) {
		t.at("removing")
		return result{}, s.Start.RemoveInvented(ctx)
	})
	return nil
}
