package app

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"behold"
)

// How the invented shop has asked its customers for a year.
const (
	inventedYear   = 365
	inventedNear   = 90 // days from a purchase on which it asks
	inventedRest   = 95 // days between two of its letters, at least
	inventedSpread = 60 // days by which that differs from customer to customer
)

// A buyerPast is what the files of the invented shop say about one customer.
type buyerPast struct {
	id, name, address, country, language string
	number                               int32
	orders                               []behold.Day
	spent                                float64
	answers                              map[behold.Day]behold.Day // asked, answered
	stratum                              string
}

// inventAsked tells whom the invented shop asked in the last year: those whose
// answers are in its files, and others, who bought at the time and did not answer.
// dir has the files. Told again, what is there stays.
func (a *App) inventAsked(ctx context.Context, dir string, until behold.Day) error {
	pasts, err := readPasts(dir)
	if err != nil {
		return err
	}
	ids := make([]string, 0, len(pasts))
	for _, p := range pasts {
		ids = append(ids, p.id)
	}
	known, err := a.Facts.CustomersOf(ctx, ids)
	if err != nil {
		return err
	}
	inventStrata(pasts, until)
	asked := map[behold.Day][]behold.Invite{}
	for _, p := range pasts {
		if c, ok := known[behold.CustomerKey(p.id)]; ok {
			p.number = c.Number
			p.ask(asked, until)
		}
	}
	set, err := a.State.Settings(ctx)
	if err != nil {
		return err
	}
	var days []behold.SurveyDay
	for day := range asked {
		days = append(days, inventDraw(day, pasts, asked[day], set.Seed))
	}
	slices.SortFunc(days, func(x, y behold.SurveyDay) int { return cmp.Compare(x.Day, y.Day) })
	return a.State.SaveAsked(ctx, days, asked)
}

// readPasts reads what the files say, in the order of the customers.
func readPasts(dir string) ([]*buyerPast, error) {
	of := map[string]*buyerPast{}
	var list []*buyerPast
	err := readColumns(filepath.Join(dir, "customers.csv"), []string{"customer", "name", "email", "country", "language", "survey_opt_out"}, func(v []string) {
		if v[5] != "true" && v[2] != "" {
			p := &buyerPast{id: v[0], name: v[1], address: strings.ToLower(v[2]), country: v[3], language: v[4], answers: map[behold.Day]behold.Day{}}
			of[p.id], list = p, append(list, p)
		}
	})
	if err != nil {
		return nil, err
	}
	err = readColumns(filepath.Join(dir, "orders.csv"), []string{"customer", "ordered_at", "amount"}, func(v []string) {
		if p, day := of[v[0]], dayIn(v[1]); p != nil && day.Known() {
			amount, _ := strconv.ParseFloat(v[2], 64) // our own file has numbers
			p.spent += amount
			p.orders = append(p.orders, day)
		}
	})
	if err != nil {
		return nil, err
	}
	err = readColumns(filepath.Join(dir, "answers.csv"), []string{"customer", "asked_at", "answered_at"}, func(v []string) {
		if p, day := of[v[0]], dayIn(v[1]); p != nil && day.Known() {
			p.answers[day] = dayIn(v[2])
		}
	})
	return list, err
}

// readColumns hands over some columns of each row of a file of our own making.
func readColumns(path string, columns []string, row func([]string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil {
		return err
	}
	at := make([]int, len(columns))
	for i, c := range columns {
		if at[i] = slices.Index(header, c); at[i] < 0 {
			return errors.New(path + " has no column " + c)
		}
	}
	values := make([]string, len(columns))
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		for i, k := range at {
			values[i] = strings.Clone(cells[k])
		}
		row(values)
	}
}

func dayIn(cell string) behold.Day {
	day, err := behold.ParseDay(cell[:min(10, len(cell))])
	if err != nil {
		return behold.NoDay
	}
	return day
}

// inventStrata are those of the draw: what a customer is worth, and how long they
// have bought.
func inventStrata(pasts []*buyerPast, until behold.Day) {
	spent := make([]float64, 0, len(pasts))
	for _, p := range pasts {
		slices.Sort(p.orders)
		spent = append(spent, p.spent)
	}
	slices.Sort(spent)
	for _, p := range pasts {
		tier, tenure := "low", "old"
		switch at, _ := slices.BinarySearch(spent, p.spent); {
		case 5*at >= 4*len(spent):
			tier = "high"
		case 2*at >= len(spent):
			tier = "mid"
		}
		if len(p.orders) == 0 || until-p.orders[0] < inventedYear {
			tenure = "new"
		}
		p.stratum = tier + "-" + tenure + "-active"
	}
}

// dice is a number of a customer's own from 0 to below n.
func (p *buyerPast) dice(what string, n uint64) int {
	h := fnv.New64a()
	h.Write([]byte(what + p.id))
	return int(h.Sum64() % n)
}

// near says whether the customer had bought lately on a day.
func (p *buyerPast) near(day behold.Day) bool {
	return slices.ContainsFunc(p.orders, func(on behold.Day) bool { return on < day && day-on <= inventedNear })
}

// ask goes through the customer's year: letters that were answered are where the
// files have them, the others lie between, at a distance.
func (p *buyerPast) ask(asked map[behold.Day][]behold.Invite, until behold.Day) {
	next := until - inventedYear + behold.Day(p.dice("first", inventedRest))
	for n := 0; next < until; n++ {
		day := behold.Workday(next, 0, nil)
		answered := behold.NoDay
		for on, gave := range p.answers {
			if on >= next-inventedRest/2 && on < next+inventedRest {
				day, answered = on, gave
				break
			}
		}
		if day < until && (answered.Known() || p.near(day)) && !askedOn(asked[day], p.id) {
			asked[day] = append(asked[day], p.invite(day, answered, until))
		}
		next = day + inventedRest + behold.Day(p.dice("gap"+strconv.Itoa(n), inventedSpread))
	}
}

func askedOn(list []behold.Invite, id string) bool {
	return slices.ContainsFunc(list, func(v behold.Invite) bool { return v.Customer == id })
}

// invite is a letter with what became of it.
func (p *buyerPast) invite(day, answered, until behold.Day) behold.Invite {
	v := behold.Invite{
		Day: day, Stream: behold.StreamLevel, Customer: p.id, Number: p.number, Firm: "invented " + p.id, Address: p.address, Country: p.country,
		Language: askedIn(p.language, p.country, "da"), Stratum: p.stratum, Items: append(behold.SurveyWishes()[:3:3], behold.SurveyTurns()[0]),
		State: behold.InviteReminded, Made: at(day), Next: at(day), Sent: at(day), Until: behold.NoDay, Answered: answered,
	}
	switch {
	case answered.Known():
		v.State, v.Finished = behold.InviteSent, at(answered)
	case day+7 < until:
		v.Reminded = at(day + 7)
	default:
		v.State = behold.InviteSent
	}
	return v
}

// inventDraw is the log of a day's lots.
func inventDraw(day behold.Day, pasts []*buyerPast, taken []behold.Invite, seed uint64) behold.SurveyDay {
	d := behold.SurveyDay{Day: day, Seed: seed, AsOf: day - 1, Size: len(taken), Made: time.Date(day.Time().Year(), day.Time().Month(), day.Time().Day(), 6, 30, 0, 0, time.Local)}
	of := map[string]*behold.StratumDraw{}
	for _, p := range pasts {
		h := of[p.stratum]
		if h == nil {
			h = &behold.StratumDraw{Stream: behold.StreamLevel, Stratum: p.stratum, Spread: 0.5}
			of[p.stratum] = h
		}
		h.Population++
		switch i := slices.IndexFunc(taken, func(v behold.Invite) bool { return v.Customer == p.id }); {
		case i >= 0:
			h.Taken++
			h.Eligible++
		case p.near(day) && p.dice("rests"+day.String(), 2) == 0: // about half rest
			h.Eligible++
		}
	}
	for _, h := range of {
		h.Target = float64(h.Taken)
		d.Frame += h.Eligible
		d.Strata = append(d.Strata, *h)
	}
	slices.SortFunc(d.Strata, func(x, y behold.StratumDraw) int { return strings.Compare(x.Stratum, y.Stratum) })
	for i := range taken {
		taken[i].Pi = of[taken[i].Stratum].Chance()
	}
	return d
}
