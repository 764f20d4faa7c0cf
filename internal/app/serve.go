package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"behold"
)

// Listen opens the address for pages; an address in use gets a hint.
func Listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, &behold.Error{Kind: behold.Unavailable, Say: "nothing can be served at " + address, Hint: "another address: --listen 127.0.0.1:0 takes any free port", Err: err}
	}
	return listener, nil
}

// Serve answers pages at the listener until ctx ends, and walks the morning
// round. Requests that are being answered get ten seconds to finish.
func (a *App) Serve(ctx context.Context, listener net.Listener, pages http.Handler) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	server := &http.Server{
		Handler:           pages,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
	}
	server.RegisterOnShutdown(a.live.Close)
	go a.mornings(ctx)
	go a.letters(ctx)
	go a.surveys(ctx)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		server.Close() // somebody sends or fetches something endless
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// morningHour is when the daily round starts, by the machine's clock.
const morningHour = 5

// listsAfter is how many days after the last of the records there are still lists
// every morning: whoever brings in no files any more works from no list.
const listsAfter = 45

// mornings walks a round every morning, and at once when the last one is older
// than the data. It asks the clock once a minute: a laptop that slept through
// the hour, or a clock that jumped, is caught up with.
func (a *App) mornings(ctx context.Context) {
	for tick := time.NewTicker(time.Minute); ; {
		if due, err := a.roundDue(ctx, time.Now()); err != nil {
			a.log.Error("cannot tell whether a round is due", "error", err)
		} else if due {
			if r, err := a.Round(ctx, behold.NoDay, nil); err != nil {
				a.log.Error("the morning round failed", "error", err)
			} else {
				a.log.Info("round", "day", r.Day, "customers", r.Customers, "lit", len(r.Lit), "out", len(r.Out))
			}
		}
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
	}
}

func (a *App) roundDue(ctx context.Context, now time.Time) (bool, error) {
	day, err := a.today(ctx, now)
	if err != nil || !day.Known() {
		return false, err
	}
	last, ok, err := a.State.LastRound(ctx, behold.NoDay)
	if err != nil {
		return false, err
	}
	if !ok || last.Day < day && (now.Hour() >= morningHour || last.Day < day-1) {
		return true, nil
	}
	list, _, err := a.State.TaskList(ctx, last.Day)
	today := behold.DayOf(now)
	return now.Hour() >= morningHour && last.Day == day && list.Day < today && today-day < listsAfter, err
}
