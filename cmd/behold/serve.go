package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"

	"behold"
	"behold/internal/app"
)

type serveCmd struct {
	Listen string `help:"Address of the pages (default 127.0.0.1:8484)." placeholder:"ADDR"`
}

// Help is the manual page.
func (serveCmd) Help() string {
	return `Serves the pages until it is stopped with Ctrl-C, and walks the round every morning at five.
Other behold commands on the same data folder are carried out by it.

Colleagues sign in with e-mail and password. Of a new data folder, whoever comes first becomes the
owner: from this machine at once, from elsewhere with the code that is printed. Passwords travel as
the line carries them, so give an address that others reach to a proxy that speaks https, and tell
Behold its address and yours: proxies and hosts in config.toml, or BEHOLD_PROXIES and BEHOLD_HOSTS.

  behold serve
  behold serve --listen 127.0.0.1:9000`
}

func (c *serveCmd) Run(ctx context.Context, e *env) error {
	e.Config.Override("listen", c.Listen)
	a, err := app.Open(ctx, e.Config, "a server")
	if err != nil {
		return err
	}
	if err := e.greet(ctx, a); err != nil {
		return errors.Join(err, a.Close())
	}
	return errors.Join(e.serve(ctx, a, a.Config().Listen, a.Pages(false, behold.Colleague{})), a.Close())
}

// serve answers pages and errands until ctx ends.
func (e *env) serve(ctx context.Context, a *app.App, address string, pages http.Handler) error {
	listener, err := app.Listen(address)
	if err != nil {
		return err
	}
	a.ListensAt(listener.Addr())
	if err := a.TakeErrands(ctx, "a server at "+address, errand(a)); err != nil {
		listener.Close()
		return err
	}
	fmt.Fprintf(e.Stdout, "Behold is at http://%s/\n", listener.Addr())
	return a.Serve(ctx, listener, pages)
}

// greet says how the first owner is made, and what a line without https means.
func (e *env) greet(ctx context.Context, a *app.App) error {
	code, needs, err := a.NeedsOwner(ctx)
	if err != nil {
		return err
	}
	if needs {
		fmt.Fprintf(e.Stderr, "Nobody has an account yet: open the address below on this machine and become the owner.\nFrom another machine or through a proxy the page asks for the code %s\n", code)
	}
	if host, _, err := net.SplitHostPort(a.Config().Listen); err == nil && !local(host) && a.Config().Proxies == "" {
		fmt.Fprintln(e.Stderr, "behold: others can listen in on passwords: put a proxy that speaks https before this address (behold serve --help)")
	}
	return nil
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
