package web

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How often one network may send answers or try addresses that lead nowhere. A
// tablet on a counter answers all day, an office from one address; a program that
// guesses is slower than chance allows.
const (
	knocksAtOnce = 60
	knockEvery   = time.Second
	knocksKept   = 10000 // networks at once
)

// knocks counts by network; when there are many, those that nobody has heard of
// lately are forgotten.
type knocks struct {
	mu         sync.Mutex
	young, old map[string]*rate.Limiter
}

// tooMany takes one knock and says whether it was one too many.
func (k *knocks) tooMany(address string, at time.Time) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	name := network(address)
	found := k.young[name]
	if found == nil {
		if found = k.old[name]; found == nil {
			found = rate.NewLimiter(rate.Every(knockEvery), knocksAtOnce)
		}
		if len(k.young) >= knocksKept/2 {
			k.old, k.young = k.young, nil
		}
		if k.young == nil {
			k.young = map[string]*rate.Limiter{}
		}
		k.young[name] = found
	}
	return !found.AllowN(at, 1)
}

// network is an address as far as it tells networks apart: who has an IPv6 address
// has very many.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	net, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return net.String()
}
