package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"behold"
)

// A Link lets one colleague choose a password, once.
type Link struct {
	Token string // the end of its address; kept nowhere
	Until time.Time
}

// token is what nobody guesses: 130 random bits, as letters and digits.
func token() string { return rand.Text() }

// NewToken is the end of an address that nobody guesses.
func NewToken() string { return token() }

// Mark is what is kept of a token: nobody can make one of it.
func Mark(token string) string { return mark(token) }

// mark is what is kept of a token.
func mark(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Reset makes a link for a colleague who forgot their password, or never chose
// one. Their password holds until the link is used.
func (a *Access) Reset(ctx context.Context, email, who string) (Link, error) {
	hash, err := a.book.Password(ctx, email)
	if err != nil {
		return Link{}, err
	}
	if hash == "" {
		return a.link(ctx, email, who, InviteFor)
	}
	return a.link(ctx, email, who, ResetFor)
}

func (a *Access) link(ctx context.Context, email, who string, lasts time.Duration) (Link, error) {
	at := a.now()
	l := Link{token(), at.Add(lasts)}
	return l, a.book.Invite(ctx, email, mark(l.Token), l.Until, behold.Change{Who: who, At: at})
}

// Invited is whom a link is for. Looking uses nothing up: a mail scanner may
// open the page first.
func (a *Access) Invited(ctx context.Context, token string) (behold.Colleague, error) {
	return a.book.Invitation(ctx, mark(token), a.now())
}

// Accept keeps the password that was chosen by a link, ends all sessions of the
// colleague and opens a new one.
func (a *Access) Accept(ctx context.Context, token, password string) (Pass, behold.Colleague, error) {
	c, err := a.Invited(ctx, token)
	if err != nil {
		return Pass{}, c, err
	}
	hash, err := a.hashNew(ctx, c.Email, password)
	if err != nil {
		return Pass{}, c, err
	}
	if c, err = a.book.UseInvitation(ctx, mark(token), hash, behold.Change{At: a.now()}); err != nil {
		return Pass{}, c, err
	}
	pass, err := a.open(ctx, c)
	return pass, c, err
}

// ChangePassword keeps a new password for one who knows the old one, ends their
// sessions everywhere and opens a new one for this browser.
func (a *Access) ChangePassword(ctx context.Context, try Try, password string) (Pass, error) {
	giveBack, wait := a.patience.ask(a.now(), try.Address, try.Email)
	if wait > 0 {
		return Pass{}, &SlowDown{wait}
	}
	hash, err := a.book.Password(ctx, try.Email)
	if err != nil {
		return Pass{}, err
	}
	right, err := a.hasher.holds(ctx, try.Password, hash)
	if err != nil {
		return Pass{}, err
	}
	if !right {
		return Pass{}, &behold.Error{Kind: behold.Invalid, Say: "the password until now is not right", Code: "password_old"}
	}
	giveBack()
	if err := a.SetPassword(ctx, try.Email, password, try.Email); err != nil {
		return Pass{}, err
	}
	c, err := a.book.Colleague(ctx, try.Email)
	if err != nil {
		return Pass{}, err
	}
	return a.open(ctx, c)
}

// SetPassword keeps a new password of a colleague and ends their sessions.
func (a *Access) SetPassword(ctx context.Context, email, password, who string) error {
	hash, err := a.hashNew(ctx, email, password)
	if err != nil {
		return err
	}
	return a.book.SavePassword(ctx, email, hash, behold.Change{Who: who, At: a.now()})
}
