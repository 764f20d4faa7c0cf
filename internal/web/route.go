package web

import (
	"errors"
	"log/slog"
	"net/http"

	"behold"
)

// A request is what is asked for, and by whom.
type request struct {
	*http.Request
	who behold.Colleague
}

// A route is one thing that can be asked for, and by whom.
type route struct {
	method, path string
	who          behold.Role
	do           func(http.ResponseWriter, *request) error
}

// routes is the one table of everything that is served, assets apart.
func (s *server) routes() []route {
	return []route{
		{"GET", "/{$}", behold.Reader, s.todayPage},
		{"GET", "/lamps", behold.Reader, s.lampsPage},
		{"GET", "/lamps.csv", behold.Reader, s.lampsCSV},
		{"GET", "/lamps/kinds", behold.Reader, s.lampKindsPage},
		{"GET", "/lamps/kinds/{kind}", behold.Reader, s.lampKindPage},
		{"GET", "/customers", behold.Reader, s.customersPage},
		{"GET", "/customers/{id}", behold.Reader, s.customerPage},
		{"POST", "/customers/{id}/lamps/{kind}", behold.Member, s.act},
		{"POST", "/customers/{id}/mood", behold.Member, s.saveMood},
		{"GET", "/imports", behold.Reader, s.importsPage},
		{"POST", "/imports", behold.Manager, s.upload},
		{"GET", "/uploads/{upload}", behold.Manager, s.uploadPage},
		{"POST", "/uploads/{upload}", behold.Manager, s.confirmUpload},
		{"POST", "/uploads/{upload}/dates", behold.Manager, s.readDates},
		{"POST", "/uploads/{upload}/drop", behold.Manager, s.dropUpload},
		{"GET", "/imports/{import}", behold.Reader, s.importPage},
		{"GET", "/imports/{import}/rejects.csv", behold.Reader, s.rejectsCSV},
		{"GET", "/imports/{import}/undo", behold.Manager, s.undoPage},
		{"POST", "/imports/{import}/undo", behold.Manager, s.undo},
		{"POST", "/rounds", behold.Manager, s.startRound},
		{"GET", "/work/{task}", behold.Reader, s.taskPage},
		{"GET", "/settings", behold.Reader, s.settingsPage},
		{"POST", "/settings", behold.Owner, s.saveSettings},
		{"GET", "/help", behold.Reader, s.helpPage},
	}
}

// asks says who asks. Until there are accounts the server listens on this
// machine only (guard.go), and who sits at it owns it.
func (s *server) asks(*http.Request) behold.Colleague { return behold.Colleague{Role: behold.Owner} }

// answer serves a route: the one place where errors are logged and answered.
func (s *server) answer(to route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, plain *http.Request) {
		r := &request{plain, s.asks(plain)}
		err := error(&behold.Error{Kind: behold.Forbidden, Say: "this is not for your role"})
		if r.who.Role.May(to.who) {
			err = to.do(w, r)
		}
		if err == nil || r.Context().Err() != nil { // whoever asked has gone
			return
		}
		status := statusOf(err)
		if status >= 500 {
			s.Log.Error("page failed", slog.String("path", to.path), slog.Any("error", err))
		}
		if err := s.errorPage(w, r, status, err); err != nil {
			s.Log.Error("error page failed", slog.Any("error", err))
			http.Error(w, http.StatusText(status), status)
		}
	})
}

func statusOf(err error) int {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return http.StatusRequestEntityTooLarge
	}
	switch behold.KindOf(err) {
	case behold.NotFound:
		return http.StatusNotFound
	case behold.Invalid:
		return http.StatusUnprocessableEntity
	case behold.Conflict:
		return http.StatusConflict
	case behold.Forbidden:
		return http.StatusForbidden
	case behold.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

func nowhere(http.ResponseWriter, *request) error {
	return &behold.Error{Kind: behold.NotFound, Say: "there is no such page"}
}
