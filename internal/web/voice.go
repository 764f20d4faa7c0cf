package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"behold"
	"behold/internal/chart"
	"behold/internal/phrase"
	walk "behold/internal/round"
	"behold/internal/survey"
)

// Voices is what customers say.
type Voices interface {
	// Voice is what the round of a day heard; nil when it did not listen.
	Voice(context.Context, behold.Day) (*walk.VoiceReport, error)
	// Listen works out what takes seconds as well, and keeps it with the round.
	Listen(ctx context.Context, day behold.Day, progress func(done, total int64)) (*walk.VoiceReport, error)
	// Counted are the answers that count, each with what it stands for.
	Counted(ctx context.Context, day behold.Day) ([]survey.Weighed, error)
	// WriteVoice writes the report as one page to print and to send on.
	WriteVoice(ctx context.Context, w io.Writer, r *walk.VoiceReport, language string) error
}

// newest is how many of the newest comments the page of answers shows.
const newest = 12

// A voiceView is what customers say as of the last round.
type voiceView struct {
	overview
	report   *walk.VoiceReport // nil: nobody has listened yet
	work     *task             // that goes on; nil: none
	comments []commented
	waiting  int  // texts of the week that nobody has read
	reads    bool // what customers write is read
	deeds    []behold.Deed
	form     deedForm
}

// A voiceTold is the work that listens, begun once a round.
type voiceTold struct {
	mu   sync.Mutex
	of   time.Time
	work *task
}

func (s *server) voicePage(w http.ResponseWriter, r *request) error {
	return s.showVoice(w, r, http.StatusOK, deedForm{})
}

// showVoice shows the page with a form as it stands.
func (s *server) showVoice(w http.ResponseWriter, r *request, status int, form deedForm) error {
	v, err := s.voiceOf(r)
	if err != nil {
		return err
	}
	if v.deeds, err = s.Deeds.Deeds(r.Context(), mostDeeds); err != nil {
		return err
	}
	v.form = form
	p := s.page(r, "/voice")
	if v.work != nil {
		p.refresh = 3
	}
	return s.show(w, r, status, voiceContent(p.titled(p.T("nav.voice")), v))
}

func (s *server) voiceOf(r *request) (v voiceView, err error) {
	if v.overview, err = s.overview(r.Context()); err != nil || v.round == nil {
		return v, err
	}
	if v.report, err = s.Voices.Voice(r.Context(), v.round.Day); err != nil {
		return v, err
	}
	if v.has(behold.TableAnswers) && (v.report == nil || v.report.Answers > 0 && v.report.Drivers == nil) {
		v.work = s.listen(r.Context(), v.round)
	}
	return v, s.comment(r, &v)
}

// A commented is a comment, and what it was read as.
type commented struct {
	behold.Comment
	read *remarkView // nil: it is not read
}

// comment fills in the newest comments, and how many texts wait to be read.
func (s *server) comment(r *request, v *voiceView) error {
	list, err := s.Company.Comments(r.Context(), v.round.Day, newest)
	if err != nil {
		return err
	}
	rs, err := s.readers(r)
	if err != nil {
		return err
	}
	for _, c := range list {
		key := behold.RemarkKey{Customer: c.ID, Table: behold.TableAnswers, Row: c.Row}
		v.comments = append(v.comments, commented{c, rs.view(key, c.Text, "", "/voice")})
	}
	if v.reads = rs != nil; !v.reads {
		return nil
	}
	asks, err := s.Remarks.RemarkAsks(r.Context())
	for i := range asks {
		if rs.said[keyOf(asks[i].RemarkKey)] == nil {
			v.waiting++
		}
	}
	return err
}

// listen begins the work that listens to the answers of a round, once; nil when it
// has ended.
func (s *server) listen(ctx context.Context, r *behold.Round) *task {
	s.heard.mu.Lock()
	defer s.heard.mu.Unlock()
	if s.heard.work == nil || !s.heard.of.Equal(r.Finished) {
		s.heard.of = r.Finished
		s.heard.work = s.begin(ctx, "voice", "", func(ctx context.Context, t *task) (result, error) {
			t.at("judging")
			_, err := s.Voices.Listen(ctx, r.Day, t.progress)
			return result{}, err
		})
	}
	if _, _, ended := s.heard.work.outcome(); ended {
		return nil
	}
	return s.heard.work
}

// voiceReport is the report as one page to print and to send on.
func (s *server) voiceReport(w http.ResponseWriter, r *request) error {
	v, err := s.voiceOf(r)
	if err != nil {
		return err
	}
	if v.report == nil || v.report.Now == nil || v.work != nil {
		seeOther(w, r, "/voice")
		return nil
	}
	var b bytes.Buffer
	if err := s.Voices.WriteVoice(r.Context(), &b, v.report, s.page(r, "/voice").Lang()); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="voice-`+v.report.Day.String()+`.html"`)
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = b.WriteTo(w)
	return err
}

func heardIn(w *survey.Window) phrase.Heard {
	return phrase.Heard{N: w.N, Top: w.Top, Share: w.Value, Low: w.Low, High: w.High, From: w.From, Open: w.Open}
}

func heardOf(x *survey.Part) phrase.Heard {
	return phrase.Heard{N: x.N, Top: x.Top, Share: x.Value, Low: x.Low, High: x.High}
}

// voiceSure says what stands between the share and the truth.
func (p page) voiceSure(r *walk.VoiceReport) (list []string) {
	now := r.Now
	switch {
	case now.Asked == nil:
		list = append(list, p.T("voice.not_asked"))
	case now.Weighted:
		list = append(list, p.T("voice.asked", "Asked", p.Number(*now.Asked), "Rate", p.Percent(*now.Response), "Effective", p.Decimal(now.Effective, 0)))
	default:
		list = append(list, p.T("voice.asked_plain", "Asked", p.Number(*now.Asked), "Rate", p.Percent(*now.Response)))
	}
	if now.Sensitivity != nil {
		list = append(list, p.T("voice.sensitivity", "Share", p.Percent(*now.Sensitivity)))
	}
	if r.Begun != nil {
		list = append(list, capital(p.T("voice.begun", "Quarter", p.Quarter(r.Begun.From), "Answers", p.Answers(r.Begun.N))))
	}
	return list
}

// voiceChange says whether the share has changed: only the watch may say so.
func (p page) voiceChange(r *walk.VoiceReport) string {
	if n := len(r.Watch.Changes); n > 0 && r.Watch.Changes[n-1].On > r.Day-365 {
		c := r.Watch.Changes[n-1]
		key := "voice.changed_fewer"
		if c.More {
			key = "voice.changed_more"
		}
		return p.T(key, "Since", p.Date(c.Since), "Then", p.Percent(c.Then), "Usual", p.Percent(c.Usual))
	}
	if !r.Watch.Enough && len(r.Watch.Changes) == 0 {
		return p.T("voice.watch_early", "Needs", r.Watch.Needs)
	}
	return p.T("voice.steady")
}

// trend draws the quarters for a wide and for a narrow window.
func (p page) quarters(r *walk.VoiceReport) string {
	draw := func(id string, width float64, windows []survey.Window) string {
		t := chart.Trend{ID: id, Title: p.T("voice.trend"), To: 1, Ticks: []float64{0, 0.25, 0.5, 0.75, 1}, Tick: p.Percent, Ring: p.T("voice.trend_ring")}
		for _, w := range windows {
			t.Rows = append(t.Rows, chart.TrendRow{
				Word: shortQuarter(w.From), Says: p.Quarter(w.From) + ": " + p.ShareIn(heardIn(&w)), Value: w.Value, Low: w.Low, High: w.High, Beside: w.Flattering, Open: w.Open,
			})
		}
		return t.SVG(width)
	}
	return twoSizes(draw("quarters", 720, r.Windows), draw("quarters-narrow", 330, r.Windows[max(0, len(r.Windows)-6):]))
}

// shortQuarter is the same in all our languages: 3/26.
func shortQuarter(d behold.Day) string {
	t := d.Time()
	return strconv.Itoa((int(t.Month())-1)/3+1) + "/" + strconv.Itoa(t.Year()%100)
}

// partsPicture draws the shares of parts with their ranges, and as rings what they
// come to when the small lean on the others.
func (p page) partsPicture(id, title string, list []survey.Part, word func(string) string) string {
	var rows []chart.RangeRow
	for i := range list {
		x := &list[i]
		if x.N < fewAnswers {
			continue
		}
		row := chart.RangeRow{Word: word(x.Name), Says: p.Percent(x.Value), Value: x.Value, Low: x.Low, High: x.High, Strong: !x.Few}
		if x.Shrunk != nil {
			row.Beside, row.HasBeside = *x.Shrunk, true
		}
		rows = append(rows, row)
	}
	if len(rows) < 2 {
		return ""
	}
	return p.ranges(id, title, rows)
}

// singles are the answers of a part that has too few for a share, one by one.
func (p page) singles(x *survey.Part) string {
	var list []string
	for _, v := range x.Answers {
		list = append(list, p.T("voice.single_one", "Value", p.Decimal(v.Value, 0), "Scale", p.Decimal(v.Scale, 0), "Customer", v.ID))
	}
	if len(list) == 0 {
		return ""
	}
	return p.T("voice.single", "Voices", strings.Join(list, "; "))
}

func (p page) segmentWord(name string) string {
	if name == "" {
		return p.T("voice.segment_none")
	}
	return name
}

func (p page) itemWord(name string) string { return capital(p.Item(name)) }

func (p page) driversPicture(d *survey.Drivers) string {
	var rows []chart.RangeRow
	for i, x := range d.Items {
		rows = append(rows, chart.RangeRow{Word: p.itemWord(x.Item), Says: p.Percent(x.Share), Value: x.Share, Low: x.Low, High: x.High, Strong: i == 0})
	}
	return p.ranges("drivers", p.T("voice.drivers"), rows)
}

func (p page) driversLead(d *survey.Drivers) string {
	if !d.Enough || len(d.Items) == 0 {
		return p.T("voice.drivers_early", "Answers", d.Answers, "Needs", d.Needs)
	}
	x := d.Items[0]
	return p.T("voice.drivers_lead", "Item", p.itemWord(x.Item), "Share", p.Percent(x.TopShare))
}

func timesOf(r *survey.Ratio) phrase.Times {
	return phrase.Times{Value: r.Value, Low: r.Low, High: r.High}
}

func (p page) verdict(r *survey.Repurchase) string {
	var loss phrase.Times
	if r.LossRates != nil {
		loss = timesOf(r.LossRates)
	}
	return p.Verdict(r.Verdict, loss, r.Needs)
}

// ratioLines are what very satisfied are compared by.
func (p page) ratioLines(r *survey.Repurchase) (lines [][2]string) {
	if r.LossRates == nil {
		return nil
	}
	chance := p.T("voice.ratio.chance", "First", p.Percent(*r.First), "Second", p.Percent(*r.Second), "Ceiling", p.Decimal(*r.Ceiling, 2))
	for _, one := range []struct {
		word  string
		ratio *survey.Ratio
	}{{p.T("voice.ratio.loss"), r.LossRates}, {p.T("voice.ratio.hazard"), r.Hazard}, {chance, r.Chances}, {p.T("voice.ratio.odds"), r.Odds}} {
		lines = append(lines, [2]string{capital(one.word), p.Ratio(timesOf(one.ratio))})
	}
	return lines
}

// cellOf is how many have an attitude and a way of buying.
func cellOf(r *walk.VoiceReport, attitude, behaviour string) survey.Cell {
	for _, c := range r.Table {
		if c.Attitude == attitude && c.Behaviour == behaviour {
			return c
		}
	}
	return survey.Cell{}
}

// tableKnown says whether anybody is in the table.
func tableKnown(r *walk.VoiceReport) bool {
	for _, c := range r.Table {
		if c.Customers > 0 {
			return true
		}
	}
	return false
}

// named are the customers to look at by name, those who are unhappy and stay
// first; that many are satisfied and buy little the table says by itself.
func named(r *walk.VoiceReport) (list []survey.Cell) {
	for _, called := range []string{"loyal_but_unhappy", "satisfied_but_gone", "captive"} {
		one := survey.Cell{Called: called}
		for _, c := range r.Table {
			if c.Called == called {
				one.Customers += c.Customers
				one.Examples = append(one.Examples, c.Examples...)
			}
		}
		if len(one.Examples) > 0 {
			list = append(list, one)
		}
	}
	return list
}

func (s *server) voiceCSV(w http.ResponseWriter, r *request) error {
	v, err := s.voiceOf(r)
	if err != nil {
		return err
	}
	out := download(w, "voice.csv")
	out.Write([]string{"part", "name", "answers", "very_satisfied", "satisfied_or_better", "share", "low", "high"})
	if v.report != nil {
		for i := range v.report.Windows {
			x := &v.report.Windows[i]
			out.Write([]string{"quarter", x.From.String(), strconv.Itoa(x.N), strconv.Itoa(x.Top), strconv.Itoa(x.Satisfied), number(x.Value), number(x.Low), number(x.High)})
		}
		for _, part := range []struct {
			name string
			list []survey.Part
		}{{"touchpoint", v.report.Touchpoints}, {"segment", v.report.Segments}, {"item", v.report.Items}} {
			for _, x := range part.list {
				out.Write([]string{part.name, harmless(x.Name), strconv.Itoa(x.N), strconv.Itoa(x.Top), strconv.Itoa(x.Near), number(x.Value), number(x.Low), number(x.High)})
			}
		}
		if d := v.report.Drivers; d != nil {
			for _, x := range d.Items {
				out.Write([]string{"driver", harmless(x.Item), strconv.Itoa(x.Answers), "", "", number(x.Share), number(x.Low), number(x.High)})
			}
		}
		for _, c := range v.report.Table {
			out.Write([]string{"table", c.Attitude + " " + c.Behaviour, strconv.Itoa(c.Customers), "", "", "", "", ""})
		}
	}
	out.Flush()
	return out.Error()
}

// countedCSV is every answer that counts, with its chances and its weight.
func (s *server) countedCSV(w http.ResponseWriter, r *request) error {
	last, err := s.lastRound(r.Context())
	if err != nil {
		return err
	}
	var list []survey.Weighed
	if last != nil {
		if list, err = s.Voices.Counted(r.Context(), last.Day); err != nil {
			return err
		}
	}
	maybe := func(x *float64) string {
		if x == nil {
			return ""
		}
		return number(*x)
	}
	out := download(w, "answers.csv")
	out.Write(survey.WeighedColumns())
	for i := range list {
		a := &list[i]
		out.Write([]string{a.Quarter.String(), harmless(a.Customer), a.At.String(), number(a.Value), number(a.Scale), strconv.FormatBool(a.Very), a.Drawn.String(), harmless(a.Stratum),
			maybe(a.Pi), maybe(a.Rho), maybe(a.Weight)})
	}
	out.Flush()
	return out.Error()
}

// scoreIn is a score with its range; "" where nobody was asked.
func (p page) scoreIn(s *survey.Score, decimals int) string {
	if s == nil {
		return ""
	}
	return p.T("voice.ratio", "Value", p.Decimal(s.Value, decimals), "Low", p.Decimal(s.Low, decimals), "High", p.Decimal(s.High, decimals))
}

// mostEffort is the best answer about effort, as the newest quarter has it.
func mostEffort(r *walk.VoiceReport) string {
	for i := len(r.Windows) - 1; i >= 0; i-- {
		if e := r.Windows[i].Effort; e != nil {
			return number(e.Most)
		}
	}
	return "7"
}
