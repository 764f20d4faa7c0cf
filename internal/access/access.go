// Package access lets colleagues in: passwords, sessions, links to choose a
// password, and the patience with those who guess.
//
// It is a door on the second floor. Before it comes the store, which keeps what
// is named in Book; after it come the pages, which put a Pass into a cookie and
// ask whose it is. What a role may do is said by behold.Role and decided by the
// pages' table of routes, not here.
//
// Nothing that opens a door is kept as it is: of passwords there is an argon2id
// hash, of sessions and links a SHA-256 of a token with 128 random bits or more.
package access

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2"

	"behold"
)

// Book is what is kept of colleagues, sessions and links. E-mails are compared
// in lower case; by says who does something, and when.
type Book interface {
	Colleague(ctx context.Context, email string) (behold.Colleague, error)
	HasOwner(context.Context) (bool, error)
	AddOwner(ctx context.Context, c behold.Colleague, hash string, set behold.Settings, by behold.Change) error
	AddColleague(ctx context.Context, c behold.Colleague, hash string, by behold.Change) error
	// Password is "" when nobody may come in by the e-mail.
	Password(ctx context.Context, email string) (hash string, err error)
	// SavePassword ends the colleague's sessions and voids their links.
	SavePassword(ctx context.Context, email, hash string, by behold.Change) error
	Invite(ctx context.Context, email, mark string, until time.Time, by behold.Change) error
	Invitation(ctx context.Context, mark string, now time.Time) (behold.Colleague, error)
	UseInvitation(ctx context.Context, mark, hash string, by behold.Change) (behold.Colleague, error)
	Session(ctx context.Context, mark string, now time.Time) (body []byte, found bool, err error)
	SaveSession(ctx context.Context, mark, email string, body []byte, until time.Time) error
	EndSession(ctx context.Context, mark string, now time.Time) error
}

// How long things last.
const (
	Lifetime   = 30 * 24 * time.Hour // of a session, whatever happens
	Idle       = 7 * 24 * time.Hour  // of a session that nobody uses
	InviteFor  = 7 * 24 * time.Hour  // of a new colleague's link
	ResetFor   = 24 * time.Hour      // of a link for one who forgot
	renewAfter = 10 * time.Minute    // a session's end is moved no more often
)

// Options are what tests choose otherwise.
type Options struct {
	Now  func() time.Time // nil: the machine's clock
	Hash *argon2id.Params // nil: what RFC 9106 advises where memory is scarce
	Log  *slog.Logger     // nil: says nothing
}

// An Access is the way in. Its methods may be called from many goroutines.
type Access struct {
	book     Book
	sessions *scs.SessionManager
	hasher   hasher
	patience *patience
	now      func() time.Time
	log      *slog.Logger
}

// New opens the way in to those whom the book knows.
func New(book Book, o Options) *Access {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	a := &Access{book: book, hasher: newHasher(o.Hash), patience: newPatience(), now: o.Now, log: o.Log}
	a.sessions = scs.New()
	a.sessions.Lifetime, a.sessions.IdleTimeout, a.sessions.HashTokenInStore = Lifetime, Idle, true
	a.sessions.Codec, a.sessions.Store = codec{}, shelf{book, a.now}
	return a
}

// A Try is somebody who wants to come in.
type Try struct {
	Email, Password string
	Address         string // from where: guesses are counted by it, and by e-mail
}

// SignIn opens a session. Forbidden says neither whether the e-mail is known nor
// whether the colleague has left, and takes as long either way.
func (a *Access) SignIn(ctx context.Context, try Try) (Pass, behold.Colleague, error) {
	email := strings.ToLower(strings.TrimSpace(try.Email[:min(len(try.Email), 254)]))
	at := a.now()
	giveBack, wait := a.patience.ask(at, try.Address, email)
	if wait > 0 {
		return Pass{}, behold.Colleague{}, &SlowDown{wait}
	}
	hash, err := a.book.Password(ctx, email)
	if err != nil {
		return Pass{}, behold.Colleague{}, err
	}
	right, err := a.hasher.holds(ctx, try.Password, hash)
	if err != nil {
		return Pass{}, behold.Colleague{}, err
	}
	if !right {
		return Pass{}, behold.Colleague{}, &behold.Error{Kind: behold.Forbidden, Say: "the e-mail or the password is not right", Hint: "an owner can make you a new link", Code: "sign_in"}
	}
	giveBack()
	c, err := a.book.Colleague(ctx, email)
	if err != nil {
		return Pass{}, c, err
	}
	pass, err := a.open(ctx, c)
	return pass, c, err
}

// NoOwner says whether nobody owns this folder yet, so that the first who comes
// becomes its owner.
func (a *Access) NoOwner(ctx context.Context) (bool, error) {
	has, err := a.book.HasOwner(ctx)
	return !has, err
}

// First makes the first owner, with the company's first settings, and lets them
// in. It is a Conflict when there is an owner already.
func (a *Access) First(ctx context.Context, c behold.Colleague, password string, set behold.Settings) (Pass, error) {
	c.Role = behold.Owner
	c, err := proper(c)
	if err != nil {
		return Pass{}, err
	}
	hash, err := a.hashNew(ctx, c.Email, password)
	if err != nil {
		return Pass{}, err
	}
	if err := a.book.AddOwner(ctx, c, hash, set, behold.Change{Who: c.Email, At: a.now()}); err != nil {
		return Pass{}, err
	}
	return a.open(ctx, c)
}

// Add adds a colleague. Without a password they get a link by which to choose one.
func (a *Access) Add(ctx context.Context, c behold.Colleague, password, who string) (Link, error) {
	c, err := proper(c)
	if err != nil {
		return Link{}, err
	}
	hash := ""
	if password != "" {
		if hash, err = a.hashNew(ctx, c.Email, password); err != nil {
			return Link{}, err
		}
	}
	if err := a.book.AddColleague(ctx, c, hash, behold.Change{Who: who, At: a.now()}); err != nil || hash != "" {
		return Link{}, err
	}
	return a.link(ctx, c.Email, who, InviteFor)
}

// proper is a colleague as the book wants them; Invalid when it cannot be.
func proper(c behold.Colleague) (behold.Colleague, error) {
	c.Email, c.Name, c.Team = strings.ToLower(strings.TrimSpace(c.Email)), strings.TrimSpace(c.Name), strings.TrimSpace(c.Team)
	before, after, at := strings.Cut(c.Email, "@")
	switch {
	case !at || before == "" || after == "" || len(c.Email) > 254 || strings.ContainsAny(c.Email, " \t\r\n<>,;\"") || strings.Contains(after, "@"):
		return c, &behold.Error{Kind: behold.Invalid, Say: "this is not an e-mail address", Hint: "write it as mette@firm.dk", Code: "email"}
	case !c.Role.May(behold.Reader):
		return c, &behold.Error{Kind: behold.Invalid, Say: "there is no role " + string(c.Role), Hint: "reader, member, manager or owner", Code: "role"}
	case strings.ContainsFunc(c.Email, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return c, &behold.Error{Kind: behold.Invalid, Say: "this is not an e-mail address", Code: "email"}
	case len(c.Name) > 400 || len(c.Team) > 400:
		return c, &behold.Error{Kind: behold.Invalid, Say: "the name is too long", Hint: "a hundred letters are enough", Code: "name_long"}
	}
	return c, nil
}
