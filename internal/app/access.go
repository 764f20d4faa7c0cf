package app

import (
	"context"
	"crypto/rand"
	"net"
	"net/netip"
	"strings"
	"time"

	"behold"
	"behold/internal/access"
)

// Access is the way in to this data folder.
func (a *App) Access() *access.Access {
	return access.New(a.State, access.Options{Log: a.log})
}

// NeedsOwner says whether nobody owns the folder yet, and the code by which one
// who does not sit at this machine may become the owner. It is another one every
// time the folder is opened.
func (a *App) NeedsOwner(ctx context.Context) (code string, needs bool, err error) {
	has, err := a.State.HasOwner(ctx)
	return a.code, !has, err
}

// newCode is a code of ten letters and digits that can be read out loud.
func newCode() string {
	text := rand.Text()
	return text[:5] + "-" + text[5:10]
}

// proxies are the proxies in front of the server, as the configuration names them.
func (c *Config) proxies() (all []netip.Prefix, err error) {
	for _, name := range words(c.Proxies) {
		p, err := netip.ParsePrefix(name)
		if ip, bad := netip.ParseAddr(name); bad == nil {
			p, err = netip.PrefixFrom(ip, ip.BitLen()), nil
		}
		if err != nil {
			return nil, &behold.Error{Kind: behold.Invalid, Say: "proxies names " + name + ", which is no address", Hint: "write it as 127.0.0.1 or 10.0.0.0/8, with commas between several", Err: err}
		}
		all = append(all, p)
	}
	return all, nil
}

// words are what stands between commas.
func words(list string) []string {
	return strings.FieldsFunc(strings.ToLower(list), func(r rune) bool { return r == ',' || r == ' ' })
}

// ListensAt says where the server listens, when the configuration left it open.
func (a *App) ListensAt(at net.Addr) { a.config.Listen = at.String() }

// LinkTo is the address of a page as colleagues reach it: by the name that the
// configuration gives, else where the server listens.
func (a *App) LinkTo(path string) string {
	if base, err := a.config.base(); err == nil && base != "" {
		return base + path
	}
	host, port, err := net.SplitHostPort(a.config.Listen)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		return "http://" + net.JoinHostPort("localhost", port) + path
	}
	return "http://" + a.config.Listen + path
}

// Noted keeps that something was changed at the command line. It is done already:
// that nobody can note it is for the log.
func (a *App) Noted(ctx context.Context, what behold.ChangeKind, about string) {
	err := a.State.SaveChange(context.WithoutCancel(ctx), behold.Change{At: time.Now(), What: what, About: about})
	if err != nil {
		a.log.Error("nobody kept what was changed", "what", what, "error", err)
	}
}
