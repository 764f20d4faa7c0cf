package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"behold"
	"behold/internal/access"
)

// Access lets colleagues in. Without one nobody signs in: whoever reaches the
// pages is the Deps' Who.
type Access interface {
	// NoOwner says whether whoever comes first becomes the owner.
	NoOwner(context.Context) (bool, error)
	First(ctx context.Context, c behold.Colleague, password string, set behold.Settings) (access.Pass, error)
	SignIn(context.Context, access.Try) (access.Pass, behold.Colleague, error)
	SignOut(ctx context.Context, token string) error
	// Who has no e-mail when the token opens nothing.
	Who(ctx context.Context, token string) (behold.Colleague, access.Pass, error)
	Add(ctx context.Context, c behold.Colleague, password, who string) (access.Link, error)
	Reset(ctx context.Context, email, who string) (access.Link, error)
	Invited(ctx context.Context, token string) (behold.Colleague, error)
	Accept(ctx context.Context, token, password string) (access.Pass, behold.Colleague, error)
	ChangePassword(ctx context.Context, try access.Try, password string) (access.Pass, error)
	// Knock is an error for an address that has guessed too often.
	Knock(address string) error
}

// anyone may call what keeps no secrets, signed in or not: the way in, the
// style sheet, links in letters.
const anyone behold.Role = "anyone"

// errNobody is answered by leading to the sign-in page.
var errNobody = errors.New("nobody is signed in")

// admit says who asks, and whether they may.
func (s *server) admit(w http.ResponseWriter, r *request, to route) error {
	switch {
	case s.Access == nil:
		r.who = s.atTheMachine()
	case to.who == anyone:
		return nil
	default:
		if err := s.recognise(w, r); err != nil {
			return err
		}
		if r.who.Email == "" {
			return errNobody
		}
	}
	if to.who != anyone && !r.who.Role.May(to.who) {
		return &behold.Error{Kind: behold.Forbidden, Say: "this is not for your role", Hint: "ask an owner of Behold", Code: "role_not"}
	}
	return s.limit(r, to)
}

// atTheMachine is who asks when nobody signs in.
func (s *server) atTheMachine() behold.Colleague {
	who := s.Who
	if who.Role == "" {
		who.Role = behold.Owner
	}
	return who
}

// recognise finds out who asks, by their cookie. One whose role was changed gets
// a new one.
func (s *server) recognise(w http.ResponseWriter, r *request) error {
	who, anew, err := s.Access.Who(r.Context(), s.token(r.Request))
	if err != nil {
		return err
	}
	if anew.Token != "" {
		s.setCookie(w, r.Request, anew)
	}
	r.who = who
	return nil
}

// limit narrows what readers and members see to their own customers, where the
// company decided so. What says something of the others is not shown to them at
// all, nor is any page that has not said that it keeps to this.
func (s *server) limit(r *request, to route) error {
	if to.who == anyone || r.who.Role.May(behold.Manager) || s.Access == nil {
		return nil
	}
	settings, err := s.State.Settings(r.Context())
	if err != nil || settings.MembersSee != behold.SeeOwn {
		return err
	}
	r.whose = behold.Whose{Colleague: r.who.Email, Nobodys: true}
	if strings.HasPrefix(to.path, "/customers/{id}") {
		return s.mustSee(r, r.PathValue("id"))
	}
	if !slices.Contains(keepsToOwn(), to.path) {
		return &behold.Error{Kind: behold.Forbidden, Say: "this page tells of all customers, and you see your own", Hint: "ask an owner of Behold", Code: "own_only"}
	}
	return nil
}

// keepsToOwn are the pages that show nothing of customers whom somebody else
// looks after: they ask for r.whose, or tell of no customer. The pages below
// /customers/{id} are asked about by mustSee.
func keepsToOwn() []string {
	return []string{
		"/{$}", "/lamps", "/lamps.csv", "/lamps/kinds", "/lamps/kinds/{kind}", "/customers", "/customers.csv", "/promises", "/cases", "/cases.csv", "/cases/{case}", "/cases/{case}/undo", "/entries/{entry}", "/entries/{entry}/undo",
		"/team/ledger", "/team/ledger.csv", "/pulse",
		"/settings", "/help", "/account", "/account/password", "/account/letters", "/account/calendar", "/account/calendar/end", "/sign-out",
		hoursPath, hoursPath + "/usual", hoursPath + "/absence", hoursPath + "/absence/end", "/live", "", // the last one: pages that are not there
	}
}

// mustSee makes a customer whom another colleague looks after as unknown as one
// who does not exist, unless they stand on one's list today: the other is away.
func (s *server) mustSee(r *request, id string) error {
	customer, err := s.Facts.Customer(r.Context(), id, endOfTime)
	if err != nil {
		return err
	}
	if r.whose.Asks(customer.Colleague) {
		return nil
	}
	list, _, err := s.Plans.TaskList(r.Context(), behold.NoDay)
	if err != nil {
		return err
	}
	if !isOnList(list, r.who.Email, customer.Number) {
		return &behold.Error{Kind: behold.NotFound, Code: "no_customer", Say: fmt.Sprintf("there is no customer %q", id), Hint: "check the id; letter case does not matter"} // word for word as the warehouse says it
	}
	return nil
}

// within is the narrower of what a list is asked for and what the one who asks
// may see.
func (r *request) within(asked behold.Whose) behold.Whose {
	if r.whose.Colleague == "" || behold.ColleagueKey(asked.Colleague) == behold.ColleagueKey(r.whose.Colleague) {
		return asked
	}
	return r.whose
}

// The cookie that holds the pass. Over https its name binds it to this host and
// to https.
const (
	passCookie       = "behold_pass"
	securePassCookie = "__Host-" + passCookie
)

func (s *server) cookieName(r *http.Request) string {
	if s.https(r) {
		return securePassCookie
	}
	return passCookie
}

// token is what the browser holds, or "".
func (s *server) token(r *http.Request) string {
	if c, err := r.Cookie(s.cookieName(r)); err == nil {
		return c.Value
	}
	return ""
}

// setCookie gives the browser a pass; one without a token takes it away.
func (s *server) setCookie(w http.ResponseWriter, r *http.Request, pass access.Pass) {
	c := &http.Cookie{Name: s.cookieName(r), Value: pass.Token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.https(r)}
	if c.MaxAge = int(pass.Until.Sub(s.Now()).Seconds()); pass.Token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// https says whether the browser speaks https with us, or with a proxy of ours.
func (s *server) https(r *http.Request) bool {
	return r.TLS != nil || s.proxied(r) && r.Header.Get("X-Forwarded-Proto") == "https"
}

// proxied says whether a proxy that the configuration names passes this on.
func (s *server) proxied(r *http.Request) bool {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && s.isProxy(at.Addr())
}

func (s *server) isProxy(ip netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(ip.Unmap()) })
}

// address is where the request comes from: what our own proxy says, else the
// other end of the line. What others write into the header counts for nothing.
func (s *server) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if !s.proxied(r) {
		return host
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		ip, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		if host = ip.String(); !s.isProxy(ip) {
			break
		}
	}
	return host
}

// noted keeps who changed what, where the change itself was made elsewhere. It
// is done already: that nobody can note it is for the log.
func (s *server) noted(r *request, what behold.ChangeKind, about string) {
	if s.Changes == nil {
		return
	}
	err := s.Changes.SaveChange(context.WithoutCancel(r.Context()), behold.Change{At: s.Now(), Who: r.who.Email, What: what, About: about})
	if err != nil {
		s.Log.Error("nobody kept who changed this", "what", what, "error", err)
	}
}
