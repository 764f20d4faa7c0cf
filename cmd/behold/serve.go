package main

import (
	"context"
	"errors"
	"fmt"
	"net"

	"behold/internal/app"
)

type serveCmd struct {
	Listen string `help:"Address of the pages (default 127.0.0.1:8484). There is no sign-in yet: keep it on this machine or behind a proxy that asks who comes." placeholder:"ADDR"`
}

// Help is the manual page.
func (serveCmd) Help() string {
	return `Serves the pages until it is stopped with Ctrl-C, and walks the round every morning at five.
Other behold commands on the same data folder are carried out by it.

  behold serve
  behold serve --listen 127.0.0.1:9000`
}

func (c *serveCmd) Run(ctx context.Context, e *env) error {
	e.Config.Override("listen", c.Listen)
	a, err := app.Open(ctx, e.Config, "a server")
	if err != nil {
		return err
	}
	return errors.Join(e.serve(ctx, a, a.Config().Listen, false), a.Close())
}

// serve answers pages and errands until ctx ends.
func (e *env) serve(ctx context.Context, a *app.App, address string, invented bool) error {
	listener, err := app.Listen(address)
	if err != nil {
		return err
	}
	if err := a.TakeErrands(ctx, "a server at "+address, errand(a)); err != nil {
		listener.Close()
		return err
	}
	if host, _, err := net.SplitHostPort(address); err == nil && !local(host) {
		fmt.Fprintln(e.Stderr, "behold: anybody who reaches this address sees every customer: there is no sign-in yet")
	}
	fmt.Fprintf(e.Stdout, "Behold is at http://%s/\n", listener.Addr())
	return a.Serve(ctx, listener, a.Pages(invented))
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
