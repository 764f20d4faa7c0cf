package main

import (
	"context"
	"fmt"
	"slices"

	"behold/internal/app"
)

// handedOver ends a command that a running server carried out for us.
type handedOver struct{ code int }

func (h *handedOver) Error() string { return fmt.Sprintf("handed over, exit %d", h.code) }

// open gives the command the company's data. When another process holds the
// folder and takes commands (a server does), the whole command line is handed
// to it and its answer passed on: DuckDB's file has one writing process (ADR 15).
func (e *env) open(ctx context.Context, args []string, does string) (*app.App, func() error, error) {
	if e.App != nil {
		return e.App, func() error { return nil }, nil
	}
	a, err := app.Open(ctx, e.Config, does)
	if err == nil {
		return a, a.Close, nil
	}
	socket := app.HeldBy(err)
	if socket == "" {
		return nil, nil, err
	}
	code, err := app.Hand(ctx, socket, app.Errand{Args: args, Dir: e.Dir, Terminal: e.Terminal}, e.Stdout, e.Stderr)
	if err != nil {
		return nil, nil, err
	}
	return nil, nil, &handedOver{code}
}

// errand runs a command line for another process on the open data.
func errand(a *app.App) app.Runner {
	return func(ctx context.Context, job app.Errand, streams app.Streams) int {
		if slices.Contains(job.Args, "serve") || slices.Contains(job.Args, "demo") {
			fmt.Fprintln(streams.Stderr, "behold: a server runs on this folder already")
			return exitFailed
		}
		return run(ctx, job.Args, &env{
			Stdout: streams.Stdout, Stderr: streams.Stderr, Dir: job.Dir, Terminal: job.Terminal,
			Config: a.Config(), App: a,
		})
	}
}
