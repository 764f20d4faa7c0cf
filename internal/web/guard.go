package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// policy lets a page use what this server serves and nothing else: no inline
// script or style, no other machine, no frame around it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard stands before every page: it refuses names that are not ours (a page
// elsewhere could point its own name at this machine), refuses posts that other
// sites send, and sets the headers that keep a page to itself.
func (s *server) guard(next http.Handler) http.Handler {
	sameSite := http.NewCrossOriginProtection()
	sameSite.SetDenyHandler(s.answer(route{who: anyone, do: strangersPost}))
	inside := sameSite.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if !s.ours(r) {
			http.Error(w, "this server is not called "+r.Host, http.StatusMisdirectedRequest)
			return
		}
		inside.ServeHTTP(w, r)
	})
}

// ours says whether the request is for a name the server goes by. One that
// listens on this machine alone goes by this machine's own names and those in
// Hosts; one that was told to listen to others is called whatever they call it.
func (s *server) ours(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return true
	}
	if at, err := netip.ParseAddrPort(local.String()); err != nil || !at.Addr().Unmap().IsLoopback() {
		return true
	}
	name := hostOf(r)
	return ownName(name) || slices.Contains(s.Hosts, name)
}

// hostOf is what the request calls us, without the port.
func hostOf(r *http.Request) string {
	name := r.Host
	if host, _, err := net.SplitHostPort(r.Host); err == nil {
		name = host
	}
	return strings.ToLower(strings.Trim(name, "[]"))
}

// ownName says whether a name is one of every machine's own.
func ownName(name string) bool {
	if ip, err := netip.ParseAddr(name); err == nil {
		return ip.IsLoopback()
	}
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}
