package web

import (
	"cmp"
	"context"
	"math"
	"net/http"
	"slices"
	"strconv"

	"behold"
	"behold/internal/text"
)

// textsPath is the page of the texts to read.
const textsPath = "/voice/texts"

// loggedMost is how many corrections the page shows.
const loggedMost = 50

// An askedView is one of the week's texts, and what was said of it.
type askedView struct {
	behold.RemarkAsk
	*remarkView
}

// open says whether somebody still has to read it.
func (a *askedView) open() bool { return a.said == nil }

// A textsView is what customers write: this week's texts, what was read, and how
// well.
type textsView struct {
	overview
	five    []askedView
	sums    []textSum
	texts   int
	model   string
	taught  int // corrections that hold
	quality []text.Quality
	cut     float64
	log     []behold.Correction // the latest first
}

// A textSum is how many texts have a reason.
type textSum struct {
	reason                    behold.Reason
	texts, complaints, praise int
}

// waiting is how many of the week's texts nobody has read yet.
func (v *textsView) waiting() (n int) {
	for i := range v.five {
		if v.five[i].open() {
			n++
		}
	}
	return n
}

func (s *server) textsPage(w http.ResponseWriter, r *request) error {
	v, err := s.textsOf(r)
	if err != nil {
		return err
	}
	p := s.page(r, "/voice")
	if p.names, err = s.colleagueNames(r.Context()); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, textsContent(p.titled(p.T("remark.title")), v))
}

func (s *server) textsOf(r *request) (v textsView, err error) {
	if v.overview, err = s.overview(r.Context()); err != nil || s.Remarks == nil {
		return v, err
	}
	rs, err := s.readers(r)
	if err != nil {
		return v, err
	}
	asks, err := s.Remarks.RemarkAsks(r.Context())
	if err != nil {
		return v, err
	}
	for _, a := range asks {
		one := &remarkView{RemarkKey: a.RemarkKey, text: a.Body, reading: a.Reading, said: rs.said[keyOf(a.RemarkKey)], may: rs.may, back: textsPath, form: formKey()}
		v.five = append(v.five, askedView{a, one})
	}
	v.cut = rs.model.Cut()
	if err := s.countTexts(r.Context(), &v); err != nil {
		return v, err
	}
	all, err := s.Remarks.Corrections(r.Context())
	if err != nil {
		return v, err
	}
	for i := range all {
		if all[i].Gone.IsZero() {
			v.taught++
		}
	}
	v.quality = text.Measure(all, s.Now())
	slices.Reverse(all)
	v.log = all[:min(len(all), loggedMost)]
	return v, nil
}

// countTexts adds up over the languages, the commonest reason first and the unsure
// last.
func (s *server) countTexts(ctx context.Context, v *textsView) (err error) {
	var list []behold.RemarkSum
	if list, v.model, err = s.Remarks.RemarkSums(ctx); err != nil {
		return err
	}
	by := map[behold.Reason]*textSum{}
	for _, one := range list {
		if by[one.Reason] == nil {
			by[one.Reason] = &textSum{reason: one.Reason}
		}
		sum := by[one.Reason]
		sum.texts, sum.complaints, sum.praise = sum.texts+one.Remarks, sum.complaints+one.Complain, sum.praise+one.Praise
		v.texts += one.Remarks
	}
	for _, sum := range by {
		v.sums = append(v.sums, *sum)
	}
	slices.SortFunc(v.sums, func(a, b textSum) int {
		unsure := func(t textSum) int {
			if t.reason == behold.UnknownReason {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(unsure(a), unsure(b)), cmp.Compare(b.texts, a.texts), cmp.Compare(a.reason, b.reason))
	})
	return nil
}

// undoCorrection takes a correction back, from the list of all.
func (s *server) undoCorrection(w http.ResponseWriter, r *request) error {
	if s.Remarks == nil {
		return noRemark()
	}
	if err := s.Remarks.TakeBackCorrection(r.Context(), r.PathValue("correction"), r.who.Email, s.Now()); err != nil {
		return err
	}
	seeOther(w, r, textsPath+"#h-log")
	return nil
}

// textsCSV is every correction that was ever made, with what stood there before.
func (s *server) textsCSV(w http.ResponseWriter, r *request) error {
	out := download(w, "corrections.csv")
	out.Write([]string{"saved_at", "who", "customer", "table", "row", "text", "reason", "complaint", "leaving", "praise", "word", "drawn_for", "hidden", "read_as", "chance", "sure", "model", "taken_back_at", "taken_back_by"})
	if s.Remarks != nil {
		all, err := s.Remarks.Corrections(r.Context())
		if err != nil {
			return err
		}
		for i := range all {
			out.Write(correctionCells(&all[i]))
		}
	}
	out.Flush()
	return out.Error()
}

func correctionCells(c *behold.Correction) []string {
	told := func(on bool) string {
		if !c.Told {
			return ""
		}
		return strconv.FormatBool(on)
	}
	readAs, chance := "", ""
	if len(c.Reading.Likely) > 0 {
		readAs, chance = string(c.Reading.Likely[0].Reason), number(c.Reading.Likely[0].Chance)
	}
	gone := ""
	if !c.Gone.IsZero() {
		gone = c.Gone.Format("2006-01-02T15:04:05Z07:00")
	}
	return []string{
		c.Saved.Format("2006-01-02T15:04:05Z07:00"), harmless(c.Who), harmless(c.Customer), string(c.Table), harmless(c.Row), harmless(c.Text), string(c.Reason),
		told(c.Complaint), told(c.Leaving), told(c.Praise), harmless(c.Word), string(c.Why), strconv.FormatBool(c.Hidden), readAs, chance,
		strconv.FormatBool(c.Reading.Sure), c.Reading.Model, gone, harmless(c.GoneBy),
	}
}

// cutSays is from which chance on a reason is given, and why from there.
func (p page) cutSays(v *textsView) string {
	audits := 0
	if len(v.quality) > 0 {
		audits = v.quality[0].Audits
	}
	switch {
	case math.IsInf(v.cut, 1):
		return p.T("remark.cut_never", "Audits", p.Number(audits))
	case v.cut == text.Sure:
		return p.T("remark.cut_usual", "Cut", p.Percent(v.cut), "Audits", p.Number(audits))
	}
	return p.T("remark.cut_audited", "Cut", p.Percent(v.cut), "Audits", p.Number(audits))
}

// qualityWord is which texts a line of the quality is about.
func (p page) qualityWord(q text.Quality) string {
	switch q.Language {
	case "":
		return p.T("remark.all_languages")
	case "?":
		return p.T("remark.no_language")
	}
	return languageName(q.Language)
}

// loggedSays is one line of what colleagues said.
func (p page) loggedSays(c *behold.Correction) string {
	if c.Word != "" {
		return p.T("remark.log_word", "Word", c.Word, "Reason", p.lowReason(c.Reason))
	}
	return capital(p.saidWhat(c))
}
