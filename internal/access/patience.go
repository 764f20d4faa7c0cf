package access

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"behold"
)

// A SlowDown asks somebody who guesses to wait.
type SlowDown struct{ Wait time.Duration }

func (s *SlowDown) Error() string { return s.said().Error() }
func (s *SlowDown) Unwrap() error { return s.said() }

func (s *SlowDown) said() *behold.Error {
	return &behold.Error{Kind: behold.Unavailable, Say: "too many wrong passwords", Hint: "wait a minute and try again", Code: "sign_in_slow"}
}

// How often somebody may guess. An office signs in from one address, and those
// who are right have their try back, so only guesses count.
const (
	perAccount   = 10 // at once, then one every
	accountEvery = 20 * time.Second
	perAddress   = 30
	addressEvery = 5 * time.Second
	remembered   = 10000 // e-mails or addresses at once
)

// patience counts tries by e-mail and by address.
type patience struct {
	mu       sync.Mutex
	accounts counters
	places   counters
}

func newPatience() *patience {
	return &patience{
		accounts: counters{every: accountEvery, burst: perAccount},
		places:   counters{every: addressEvery, burst: perAddress},
	}
}

// ask takes a try, or says how long to wait for one. A try that was right is
// given back.
func (p *patience) ask(at time.Time, address, email string) (giveBack func(), wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	one, two := p.accounts.reserve(at, email), p.places.reserve(at, place(address))
	cancel := func() { one.CancelAt(at); two.CancelAt(at) }
	if wait = max(one.DelayFrom(at), two.DelayFrom(at)); wait > 0 {
		cancel()
		return nil, wait
	}
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		cancel()
	}, 0
}

// place is an address as far as it tells machines apart: who has an IPv6 address
// has very many.
func place(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap()
	if ip.Is4() {
		return ip.String()
	}
	net, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return ip.String()
	}
	return net.String()
}

// counters are bounded: when there are many new ones, those that nobody has asked
// for since are forgotten.
type counters struct {
	young, old map[string]*rate.Limiter
	every      time.Duration
	burst      int
}

func (c *counters) reserve(at time.Time, name string) *rate.Reservation {
	found := c.young[name]
	if found == nil {
		if found = c.old[name]; found == nil {
			found = rate.NewLimiter(rate.Every(c.every), c.burst)
		}
		if len(c.young) >= remembered/2 {
			c.old, c.young = c.young, nil
		}
		if c.young == nil {
			c.young = map[string]*rate.Limiter{}
		}
		c.young[name] = found
	}
	return found.ReserveN(at, 1)
}

// Knock counts a try from an address that is not about one colleague: a setup
// code, a link. It is a *SlowDown when there were too many.
func (a *Access) Knock(address string) error {
	at := a.now()
	a.patience.mu.Lock()
	defer a.patience.mu.Unlock()
	try := a.patience.places.reserve(at, place(address))
	if wait := try.DelayFrom(at); wait > 0 {
		try.CancelAt(at)
		return &SlowDown{wait}
	}
	return nil
}
