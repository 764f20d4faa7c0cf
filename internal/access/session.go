package access

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"behold"
)

// A Pass is what the browser of a colleague keeps while they are signed in.
type Pass struct {
	Token string
	Until time.Time // the session may end sooner, when nobody uses it
}

// What is kept in a session.
const (
	whoKey  = "who"
	roleKey = "role" // as of when the token was made
	seenKey = "seen" // when the end was moved last, in seconds
)

// open begins a session under a token of its own, whatever the browser had before.
func (a *Access) open(ctx context.Context, c behold.Colleague) (Pass, error) {
	ctx, err := a.sessions.Load(ctx, "")
	if err != nil {
		return Pass{}, err
	}
	a.sessions.Put(ctx, whoKey, c.Email)
	return a.keep(ctx, c.Role)
}

func (a *Access) keep(ctx context.Context, role behold.Role) (Pass, error) {
	a.sessions.Put(ctx, roleKey, string(role))
	a.sessions.Put(ctx, seenKey, strconv.FormatInt(a.now().Unix(), 10))
	token, _, err := a.sessions.Commit(ctx)
	return Pass{token, a.now().Add(Lifetime)}, err
}

// Who is the colleague with a token, as they are now; without an e-mail when the
// token opens nothing. A pass with a token is to take the place of the old one:
// the colleague's role has changed, and the old token works no more.
func (a *Access) Who(ctx context.Context, token string) (c behold.Colleague, anew Pass, err error) {
	if token == "" || len(token) > 100 {
		return c, anew, nil
	}
	inside, err := a.sessions.Load(ctx, token)
	if err != nil {
		return c, anew, err
	}
	email := a.sessions.GetString(inside, whoKey)
	if email == "" {
		return c, anew, nil
	}
	c, err = a.book.Colleague(ctx, email)
	if err != nil || c.Left {
		if behold.KindOf(err) == behold.NotFound {
			err = nil
		}
		return behold.Colleague{}, anew, err
	}
	if a.sessions.GetString(inside, roleKey) != string(c.Role) {
		if err := a.sessions.RenewToken(inside); err != nil {
			return c, anew, err
		}
		anew, err = a.keep(inside, c.Role)
		return c, anew, err
	}
	a.seen(inside, c.Role)
	return c, anew, nil
}

// seen moves the end of a session that is used, now and then. Pages do not wait
// for it when a round is being written, and it is no reason to show none.
func (a *Access) seen(ctx context.Context, role behold.Role) {
	last, err := strconv.ParseInt(a.sessions.GetString(ctx, seenKey), 10, 64)
	if err == nil && a.now().Sub(time.Unix(last, 0)) < renewAfter {
		return
	}
	brief, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	if _, err := a.keep(brief, role); err != nil {
		a.log.Debug("a session's end was not moved", "error", err)
	}
}

// SignOut ends the session with a token.
func (a *Access) SignOut(ctx context.Context, token string) error {
	ctx, err := a.sessions.Load(ctx, token)
	if err != nil {
		return err
	}
	return a.sessions.Destroy(ctx)
}

// codec writes sessions as JSON, with words for values.
type codec struct{}

type sheet struct {
	Deadline time.Time         `json:"deadline"`
	Values   map[string]string `json:"values"`
}

func (codec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	s := sheet{deadline, map[string]string{}}
	for k, v := range values {
		s.Values[k], _ = v.(string) // nothing else is put in
	}
	return json.Marshal(s)
}

func (codec) Decode(b []byte) (time.Time, map[string]any, error) {
	var s sheet
	if err := json.Unmarshal(b, &s); err != nil {
		return time.Time{}, nil, err
	}
	values := map[string]any{}
	for k, v := range s.Values {
		values[k] = v
	}
	return s.Deadline, values, nil
}

// A shelf keeps sessions in the book, under the hash of their token.
type shelf struct {
	book Book
	now  func() time.Time
}

func (s shelf) FindCtx(ctx context.Context, mark string) ([]byte, bool, error) {
	return s.book.Session(ctx, mark, s.now())
}

// CommitCtx reckons the end by the clock that Session is asked with.
func (s shelf) CommitCtx(ctx context.Context, mark string, body []byte, _ time.Time) error {
	deadline, values, err := codec{}.Decode(body)
	if err != nil {
		return err
	}
	until := s.now().Add(Idle)
	if deadline.Before(until) {
		until = deadline
	}
	email, _ := values[whoKey].(string)
	return s.book.SaveSession(ctx, mark, email, body, until)
}

func (s shelf) DeleteCtx(ctx context.Context, mark string) error {
	return s.book.EndSession(ctx, mark, s.now())
}

func (s shelf) Find(mark string) ([]byte, bool, error) { return s.FindCtx(context.Background(), mark) }
func (s shelf) Delete(mark string) error               { return s.DeleteCtx(context.Background(), mark) }
func (s shelf) Commit(mark string, body []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), mark, body, expiry)
}
