package web

import (
	"bytes"
	"net/http"

	"behold"
	"behold/internal/chart"
	"behold/internal/lamp"
	walk "behold/internal/round"
)

// A reasonsView is why customers left, and what the lamps point to that are lit.
type reasonsView struct {
	overview
	report  *walk.LossReport // nil while it is being told
	work    *task
	summary behold.LampSummary
}

func (s *server) reasonsPage(w http.ResponseWriter, r *request) error {
	v := reasonsView{}
	var err error
	if v.overview, err = s.overview(r.Context()); err != nil {
		return err
	}
	p := s.page(r, "/reasons")
	if v.round != nil {
		if v.report, v.work, err = s.losses(r.Context(), v.round); err != nil {
			return err
		}
		if v.summary, err = s.State.LampSummary(r.Context()); err != nil {
			return err
		}
		if v.work != nil {
			p.refresh = 2
		}
	}
	return s.show(w, r, http.StatusOK, reasonsContent(p.titled(p.T("report.reasons.title")), v))
}

// reasonsReport is the report as one page to print and to send on.
func (s *server) reasonsReport(w http.ResponseWriter, r *request) error {
	last, err := s.lastRound(r.Context())
	if err != nil {
		return err
	}
	if last == nil {
		return &behold.Error{Kind: behold.NotFound, Code: "no_round", Say: "no round has been run yet", Hint: "run one from Today"}
	}
	report, work, err := s.losses(r.Context(), last)
	if err != nil {
		return err
	}
	if work != nil {
		seeOther(w, r, "/reasons")
		return nil
	}
	var b bytes.Buffer
	p := s.page(r, "/reasons")
	if err := s.Reports.WriteLosses(r.Context(), &b, report, p.Lang()); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="reasons-`+report.Day.String()+`.html"`)
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = b.WriteTo(w)
	return err
}

// A reasonLine is one row of the table: a family, or a reason of the family above.
type reasonLine struct {
	word           string
	family         bool
	said, inferred *lamp.Part
}

// lines are the families and reasons that anybody left for.
func (p page) reasonLines(r *walk.LossReport) (lines []reasonLine) {
	said := map[behold.Reason]*lamp.Part{}
	families := map[behold.Family]*lamp.Part{}
	for i := range r.Said.Reasons {
		said[r.Said.Reasons[i].Reason] = &r.Said.Reasons[i].Part
	}
	for i := range r.Said.Families {
		families[r.Said.Families[i].Family] = &r.Said.Families[i].Part
	}
	some := func(parts ...*lamp.Part) bool {
		for _, p := range parts {
			if p != nil && p.Customers > 0 {
				return true
			}
		}
		return false
	}
	for i := range r.Inferred.Families {
		f := &r.Inferred.Families[i]
		if !some(&f.Part, families[f.Family]) {
			continue
		}
		lines = append(lines, reasonLine{p.Family(f.Family), true, families[f.Family], &f.Part})
		for j := range r.Inferred.Reasons {
			one := &r.Inferred.Reasons[j]
			if one.Family == f.Family && f.Family != behold.FamilyUnknown && some(&one.Part, said[one.Reason]) {
				lines = append(lines, reasonLine{p.Reason(one.Reason), false, said[one.Reason], &one.Part})
			}
		}
	}
	return lines
}

// count is how many customers a part has; a dash for one that cannot have any.
func (p page) partCount(part *lamp.Part) string {
	if part == nil {
		return "–"
	}
	return p.Number(part.Customers)
}

// partShare is a part's share with its range; "" while there are too few.
func (p page) partShare(part *lamp.Part) string {
	if part == nil || part.Share == nil {
		return ""
	}
	return p.T("reasons.share", "Share", p.Percent(*part.Share), "Range", p.PercentRange(*part.Low, *part.High))
}

func (p page) partMoney(r *walk.LossReport, part *lamp.Part) string {
	return p.rough(behold.MoneyOf(part.Money, r.Currency))
}

// lossesLead is what matters most, in a sentence.
func (p page) lossesLead(r *walk.LossReport) string {
	if r.Customers == 0 {
		return p.T("report.reasons.none", "From", p.Date(r.Since), "To", p.Date(r.Day))
	}
	return p.T("report.reasons.lead", "Customers", p.Customers(r.Customers), "From", p.Date(r.Since), "To", p.Date(r.Day), "Money", p.partMoney(r, &r.Part))
}

// familyPicture draws the families: what the records point to as a dot with its
// range, what was said as a ring.
func (p page) familyPicture(r *walk.LossReport) string {
	var rows []chart.RangeRow
	for i := range r.Inferred.Families {
		f := &r.Inferred.Families[i]
		if f.Share == nil {
			return ""
		}
		row := chart.RangeRow{Word: p.Family(f.Family), Says: p.Percent(*f.Share), Value: *f.Share, Low: *f.Low, High: *f.High, Strong: f.Avoidable}
		for j := range r.Said.Families {
			if g := &r.Said.Families[j]; g.Family == f.Family && g.Share != nil {
				row.Beside, row.HasBeside = *g.Share, true
			}
		}
		rows = append(rows, row)
	}
	return p.ranges("families", p.T("report.reasons.picture"), rows)
}

// agreement says how far what was said and what is inferred agree.
func (p page) agreement(key string, a lamp.Agreement) string {
	says := p.T(key, "Same", a.Same, "Customers", p.Customers(a.Customers))
	if a.Kappa != nil {
		says += " " + p.T("report.reasons.agree.kappa", "Kappa", p.Decimal(*a.Kappa, 2), "Low", p.Decimal(*a.Low, 2), "High", p.Decimal(*a.High, 2))
	}
	return says
}

// silentSays says how many left without a word.
func (p page) silentSays(r *walk.LossReport) string {
	says := p.T("report.reasons.silent.says", "Silent", r.Silent.Customers, "Customers", p.Customers(r.Customers))
	if s := &r.Silent; s.Share != nil {
		says += " " + p.T("report.reasons.silent.share", "Share", p.Percent(*s.Share), "Range", p.PercentRange(*s.Low, *s.High))
	}
	return says
}

// ownShare is the company's own figure beside a claim.
func (p page) ownShare(t *lamp.ReasonTable, reason behold.Reason) string {
	for i := range t.Reasons {
		if one := &t.Reasons[i]; one.Reason == reason {
			if share := p.partShare(&one.Part); share != "" {
				return share
			}
			return p.Customers(one.Customers)
		}
	}
	return "–"
}
