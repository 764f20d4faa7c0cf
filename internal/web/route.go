package web

import (
	"errors"
	"log/slog"
	"net/http"

	"behold"
)

// A role is what someone may do; each may do what those before it may.
type role uint8

const (
	reader  role = iota + 1 // looks
	member                  // decides about lamps, says how customers feel
	manager                 // brings files in and takes them back
	owner                   // decides the settings
)

// A route is one thing that can be asked for, and by whom.
type route struct {
	method, path string
	who          role
	do           func(http.ResponseWriter, *http.Request) error
}

// routes is the one table of everything that is served, assets apart.
func (s *server) routes() []route {
	return []route{
		{"GET", "/{$}", reader, s.todayPage},
		{"GET", "/lamps", reader, s.lampsPage},
		{"GET", "/lamps.csv", reader, s.lampsCSV},
		{"GET", "/lamps/kinds", reader, s.lampKindsPage},
		{"GET", "/lamps/kinds/{kind}", reader, s.lampKindPage},
		{"GET", "/customers", reader, s.customersPage},
		{"GET", "/customers/{id}", reader, s.customerPage},
		{"POST", "/customers/{id}/lamps/{kind}", member, s.act},
		{"POST", "/customers/{id}/mood", member, s.saveMood},
		{"GET", "/imports", reader, s.importsPage},
		{"POST", "/imports", manager, s.upload},
		{"GET", "/uploads/{upload}", manager, s.uploadPage},
		{"POST", "/uploads/{upload}", manager, s.confirmUpload},
		{"POST", "/uploads/{upload}/dates", manager, s.readDates},
		{"POST", "/uploads/{upload}/drop", manager, s.dropUpload},
		{"GET", "/imports/{import}", reader, s.importPage},
		{"GET", "/imports/{import}/rejects.csv", reader, s.rejectsCSV},
		{"GET", "/imports/{import}/undo", manager, s.undoPage},
		{"POST", "/imports/{import}/undo", manager, s.undo},
		{"POST", "/rounds", manager, s.startRound},
		{"GET", "/work/{task}", reader, s.taskPage},
		{"GET", "/settings", reader, s.settingsPage},
		{"POST", "/settings", owner, s.saveSettings},
		{"GET", "/help", reader, s.helpPage},
	}
}

// roleOf is what the one who asks may do. Until there are accounts the server
// listens on this machine only (guard.go), and who sits at it owns it.
func (s *server) roleOf(*http.Request) role { return owner }

// answer serves a route: the one place where errors are logged and answered.
func (s *server) answer(to route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := error(&behold.Error{Kind: behold.Forbidden, Say: "this is not for your role"})
		if s.roleOf(r) >= to.who {
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

func nowhere(http.ResponseWriter, *http.Request) error {
	return &behold.Error{Kind: behold.NotFound, Say: "there is no such page"}
}
