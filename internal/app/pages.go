package app

import (
	"context"
	"net/http"

	"behold"
	"behold/internal/round"
	"behold/internal/store"
	"behold/internal/web"
)

// Pages are the pages of this data folder; invented says that its data are an
// invented shop's.
//
// An invented shop is open to whoever reaches it: who asks is the colleague, as
// an owner. Everywhere else colleagues sign in.
func (a *App) Pages(invented bool, who behold.Colleague) http.Handler {
	deps := web.Deps{
		Lists: a.Facts,
		State: a.State, Facts: a.Facts, Book: book{a.State, a}, Promises: promises{a}, Cases: cases{a.State, a}, Books: a.State, Also: a.Facts, Arrivals: a.Facts, Work: work{a}, Start: start{a}, Letters: letters{a.State, a},
		Company: a.Facts, Reports: reports{a}, Voices: voices{a}, Deeds: a.State, Remarks: remarks{a.State, a}, Effects: reports{a},
		Plans: a.State, Hours: hours{a.State, a}, Feeds: a.State,
		Reckonings: reckonings{a},
		Board:      teams{a}, Pulse: a.State, Decisions: a.State,
		Live: a.live, Log: a.log, Uploads: a.path("uploads"), Version: a.config.Version, Invented: invented,
		Hosts: append(words(a.config.Hosts), a.config.hosts()...), Proxies: a.fronts, Colleagues: a.State, Changes: a.State, Who: who,
	}
	deps.Answers, deps.Asking = surveys{a.State, a}, surveys{a.State, a}
	if !invented {
		deps.Access, deps.Code = a.Access(), a.code
	}
	return web.New(deps)
}

// work gives the pages what takes its time, in their words.
type work struct{ a *App }

func job(f web.File) ImportJob {
	return ImportJob{
		Path: f.Path, File: f.Name, As: f.As, Source: f.Source, Map: f.Map, Dates: f.Dates, Decimal: f.Decimal, Sheet: f.Sheet,
		Progress: f.Progress, Reject: f.Reject,
	}
}

func (w work) Look(ctx context.Context, f web.File) (*behold.Receipt, error) {
	look := job(f)
	look.Lenient = true
	return w.a.Look(ctx, look)
}

func (w work) DryRun(ctx context.Context, f web.File) (*behold.Receipt, error) {
	dry := job(f)
	dry.DryRun = true
	return w.a.Import(ctx, dry)
}

func (w work) Import(ctx context.Context, f web.File) (*behold.Receipt, error) {
	return w.a.Import(ctx, job(f))
}

func (w work) Undo(ctx context.Context, id int64) error { return w.a.Undo(ctx, id) }

func (w work) Round(ctx context.Context, day behold.Day, progress func(done, total int64)) (*behold.Round, error) {
	return w.a.Round(ctx, day, progress)
}

// hours gives the pages when everybody has time for customers, by the file of
// colleagues too.
type hours struct {
	*store.Store
	a *App
}

func (h hours) Workforce(ctx context.Context) (behold.Workforce, error) { return h.a.Workforce(ctx) }

func (h hours) StrictCases(ctx context.Context) (int, error) {
	outcomes, err := h.a.State.Episodes(ctx)
	leave, _ := round.StrictCases(outcomes)
	return len(leave), err
}

// letters gives the pages what there is to know about letters.
type letters struct {
	*store.Store
	a *App
}

func (l letters) Post() web.Post {
	base, err := l.a.config.base()
	server := l.a.config.mailServer()
	p := web.Post{Server: server.Host, From: server.From, URL: base, Wrong: err}
	if server.Given() && err == nil {
		p.Wrong = server.Check()
	}
	return p
}

func (l letters) TestLetter(ctx context.Context, address, language string) error {
	return l.a.TestLetter(ctx, address, language)
}

func (l letters) StopOf(ctx context.Context, token string) (behold.LetterKind, string, error) {
	stops, err := l.a.stops(ctx)
	if err != nil {
		return "", "", err
	}
	return stops.Read(token)
}
