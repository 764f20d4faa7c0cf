package web

import (
	"context"
	"slices"

	"behold"
	"behold/internal/lamp"
)

// A check is one table: what is recorded of it, and what it would switch on.
type check struct {
	behold.Holding
	needs    []behold.Column // that a file of it must have
	lights   []behold.LampKind
	together []behold.LampKind // which need another table as well
	late     bool              // the last row is long before the last order
}

// lateAfter is how many days a table may be behind the orders before that is
// said: nearly everything a company writes down happens at least monthly.
const lateAfter = 45

// checklist is seen from the data, not ticked off. The day is that up to which
// rows are counted.
func (s *server) checklist(ctx context.Context) (all []check, day behold.Day, err error) {
	day = s.today()
	held, err := s.Start.Holdings(ctx, day)
	if err != nil {
		return nil, day, err
	}
	last := behold.NoDay
	has := []behold.Table{}
	for _, h := range held {
		if h.Rows > 0 {
			has = append(has, h.Table)
		}
		if h.Table == behold.TableOrders {
			last = h.Last
		}
	}
	for _, h := range held {
		c := check{Holding: h, needs: slices.DeleteFunc(h.Table.Fields(), func(f behold.Column) bool { return !f.Required })}
		if h.Rows == 0 {
			c.lights, c.together = wouldLight(h.Table, has)
		}
		c.late = runs(h.Table) && h.Last.Known() && last.Known() && last-h.Last > lateAfter
		all = append(all, c)
	}
	return all, day, nil
}

// runs says whether rows of the table keep coming for as long as the company lives.
func runs(t behold.Table) bool {
	switch t {
	case behold.TableContacts, behold.TableTickets, behold.TablePromises, behold.TableInvoices, behold.TableAnswers, behold.TableQuotes, behold.TableEfforts:
		return true
	}
	return false
}

// wouldLight are the kinds of lamps that a table switches on, alone or together
// with another one that is not there either.
func wouldLight(t behold.Table, has []behold.Table) (alone, together []behold.LampKind) {
	with := append(slices.Clone(has), t)
	for _, r := range lamp.Rules() {
		lacks := r.Lacks(has)
		if !slices.Contains(lacks, t) {
			continue
		}
		if len(r.Lacks(with)) == 0 {
			alone = append(alone, r.Kind)
		} else {
			together = append(together, r.Kind)
		}
	}
	return alone, together
}
