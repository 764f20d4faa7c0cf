package lamp

import (
	"math"
	"regexp"

	"behold"
)

// A given is one form of a given-line and what it does; do gets the parts of the
// form in parentheses, from 1 on.
type given struct {
	form *regexp.Regexp
	do   func(s *scene, m []string)
}

// givens are all forms; the first that fits is taken.
func givens() []given {
	var all []given
	all = append(all, ordersGiven()...)
	all = append(all, serviceGiven()...)
	all = append(all, tradeGiven()...)
	all = append(all, toneGiven()...)
	return all
}

func (s *scene) given(rest string) {
	for _, g := range givens() {
		if m := g.form.FindStringSubmatch(rest); m != nil {
			g.do(s, m)
			return
		}
	}
	s.fail("given what? %q", rest)
}

func pattern(text string) *regexp.Regexp { return regexp.MustCompile("^" + text + "$") }

// ordersGiven:
//
//	given customer K-1 ordered every 30 days from 2024-01-05 to 2024-11-30 [for 500] [of ink] [in 4 lines]
//	given customer K-1 ordered about every 30 days from … to …       (a fifth early, a fifth late)
//	given customer K-1 ordered on 2024-12-24 [for 90000] [of ink] [in 4 lines]
//	given customer K-1 got 3 lines for nothing on 2025-01-02
//	given customer K-1 returned 4 lines on 2025-01-05 for 200
//	given closed from 2024-07-08 to 2024-08-04                         (every year of which the clock knows)
//	given lost at silence p 0.001                                      (nobody is, unless this is given)
func ordersGiven() []given {
	return []given{
		{pattern(`customer (\S+) ordered (about )?every (\d+) days from (\S+) to (\S+)(.*)`), (*scene).orderedEvery},
		{pattern(`customer (\S+) ordered on (\S+)(.*)`), func(s *scene, m []string) {
			s.shop.add(m[1], s.purchase(s.dayIn(m[2]), m[3]))
		}},
		{pattern(`customer (\S+) got (\d+) lines for nothing on (\S+)`), func(s *scene, m []string) {
			s.shop.add(m[1], visit{day: s.dayIn(m[3]), goods: int32(s.count(m[2]))})
		}},
		{pattern(`customer (\S+) returned (\d+) lines on (\S+) for (\d+)`), func(s *scene, m []string) {
			s.shop.add(m[1], visit{day: s.dayIn(m[3]), returns: int32(s.count(m[2])), credited: -100 * int64(s.count(m[4]))})
		}},
		{pattern(`closed from (\S+) to (\S+)`), func(s *scene, m []string) { s.shop.closed(s.dayIn(m[1]), s.dayIn(m[2])) }},
		{pattern(`lost at silence p (\S+)`), func(s *scene, m []string) { s.shop.lostAt = s.decimal(m[1]) }},
	}
}

func (s *scene) orderedEvery(m []string) {
	early := []float64{1, .8, 1.2, 1, 1.2, .8}
	gap, at := float64(max(1, s.count(m[3]))), 0.0
	from, until := s.dayIn(m[4]), s.dayIn(m[5])
	for i := 0; from+behold.Day(math.Round(at)) <= until; i++ {
		s.shop.add(m[1], s.purchase(from+behold.Day(math.Round(at)), m[6]))
		if at += gap; m[2] != "" {
			at += gap * (early[i%len(early)] - 1)
		}
	}
}

func (s *scene) purchase(day behold.Day, details string) visit {
	v := visit{day: day, orders: 1, bought: 50_000, goods: 4}
	for _, d := range regexp.MustCompile(`(for|of|in) (\S+)`).FindAllStringSubmatch(details, -1) {
		switch d[1] {
		case "for":
			v.bought = 100 * int64(s.count(d[2]))
		case "of":
			v.category = d[2]
		case "in":
			v.goods = int32(s.count(d[2]))
		}
	}
	return v
}
