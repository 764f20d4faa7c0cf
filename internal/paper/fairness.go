package paper

import (
	"behold"
	"behold/internal/economy"
	"behold/internal/phrase"
)

// Fairness is the report of what customers of long standing pay against newcomers,
// and of what became of those who came by an offer.
func Fairness(words *phrase.Phrases, made Made, r *economy.Reckoning) Document {
	p := &accountant{words.In(r.Currency), r}
	d := newDocument(p.Phrases, made, p.T("economy.fair.title"), r.Day)
	d.Leads = []string{p.fairSays()}
	d.Sections = []Section{p.fair()}
	if len(r.Fair.Offers) > 1 || r.Fair.Discounts > 0 {
		d.Sections = append(d.Sections, p.offers())
	}
	return d
}

// alike is a difference in prices that nobody would call one.
const alike = 0.005

func (p *accountant) fairSays() string {
	f := &p.r.Fair
	key := "economy.fair.same"
	switch {
	case f.Lines == 0:
		return p.T("economy.fair.none")
	case f.Share > alike:
		key = "economy.fair.more"
	case f.Share < -alike:
		key = "economy.fair.less"
	}
	return p.T(key, "Share", p.Decimal(100*abs(f.Share), 1), "Lines", p.Number(f.Lines), "Customers", p.Customers(f.Customers))
}

func (p *accountant) fair() Section {
	f := &p.r.Fair
	s := Section{Figure: "fair", Title: p.T("economy.fair.prices"), Says: []string{p.fairSays()}}
	if f.Lines > 0 {
		s.Says = append(s.Says, p.N("economy.fair.dearer", f.Dearer, "Of", p.Number(f.Customers)), p.T("economy.fair.cost", "Over", p.money(f.Over)), p.T("economy.fair.how"))
	}
	if f.Lit > 0 {
		s.Says = append(s.Says, p.N("economy.fair.lit", f.Lit, "Money", p.money(f.LitMoney)))
	}
	if len(f.Products) > 0 {
		t := Table{Head: []string{p.T("economy.fair.product"), p.T("economy.head.customers"), p.T("economy.fair.paid"), p.T("economy.fair.newcomers"), p.T("economy.fair.over")}}
		for _, one := range f.Products {
			t.Rows = append(t.Rows, Row{Cells: []string{one.Product, p.Number(one.Customers), p.piece(one.Paid), p.piece(one.Newcomers), p.money(one.Over)}})
		}
		s.Tables = []Table{t}
	}
	return s
}

// piece is a price to the last minor unit.
func (p *accountant) piece(x float64) string { return p.MoneyExact(behold.MoneyOf(x, p.r.Currency)) }

func (p *accountant) offers() Section {
	f := &p.r.Fair
	s := Section{Figure: "offers", Title: p.T("economy.offers.title")}
	if f.Test != nil {
		key := "economy.offers.same"
		if f.Test.PHolm < 0.05 {
			key = "economy.offers.differ"
		}
		s.Says = append(s.Says, p.T(key, "P", p.chanceWord(f.Test.PHolm)))
	}
	if f.Discounts > 0 {
		s.Says = append(s.Says, p.T("economy.offers.discounts", "Money", p.money(f.Discounts)))
	}
	s.Says = append(s.Says, p.T("economy.offers.claim"))
	if len(f.Offers) > 1 {
		s.Tables = []Table{p.groupTable("offer", f.Offers)}
	}
	return s
}
