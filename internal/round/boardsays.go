package round

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"behold"
	"behold/internal/chart"
	"behold/internal/phrase"
	"behold/internal/task"
	"behold/internal/team"
)

// A BoardPart is one question about the teams with its answer, said in a language:
// for the page and for the report, which tell the same.
type BoardPart struct {
	Name   string // of the question: region, segment, value, team, colleague, answers, load, credit, rewards
	Title  string
	Says   []string
	Tables []BoardTable
	Ranges *chart.Ranges // nil: nothing to draw
	Funnel *chart.Funnel
}

// A BoardTable has the figures; the first column is what they are of.
type BoardTable struct {
	Head []string
	Rows []BoardRow
}

// A BoardRow is one line of a table.
type BoardRow struct {
	Cells  []string
	Strong bool // the one to look at
}

// A BoardTold is a board, said in a language.
type BoardTold struct {
	Attention []BoardPart // region, segment, third of value, team and, where told, colleague
	Answers   BoardPart   // without tables: nobody asked
	Load      BoardPart   // without tables: no list was made
	Credit    BoardPart
	Rewards   BoardPart // without tables: nothing was rewarded
	Minutes   string    // what counts as attention
	Kept      string
}

// Tell says a board.
func (b *Board) Tell(words *phrase.Phrases) BoardTold {
	t := teller{words, b}
	told := BoardTold{Answers: t.answers(), Load: t.loads(), Credit: t.credit(), Rewards: t.rewards(), Minutes: t.minutes(), Kept: KeptSays(words, len(b.Kept))}
	for _, by := range AttentionBys() {
		if slices.ContainsFunc(b.Shares, func(s team.Share) bool { return s.By == by }) {
			told.Attention = append(told.Attention, t.shares(by))
		}
	}
	return told
}

// Overlooked says who gets less attention than they are worth, by one thing.
func (b *Board) Overlooked(words *phrase.Phrases, by behold.AttentionBy) string {
	t := teller{words, b}
	return t.overlooked(by)
}

// AttentionBys is by what attention is told apart, in the order of reports.
func AttentionBys() []behold.AttentionBy {
	return []behold.AttentionBy{behold.AttentionRegion, behold.AttentionSegment, behold.AttentionClass, behold.AttentionTeam, behold.AttentionColleague}
}

type teller struct {
	*phrase.Phrases
	b *Board
}

func (t *teller) of(by behold.AttentionBy) (list []team.Share) {
	for _, s := range t.b.Shares {
		if s.By == by {
			list = append(list, s)
		}
	}
	return list
}

// overlooked names the groups that clearly get less than they are worth.
func (t *teller) overlooked(by behold.AttentionBy) string {
	var names []string
	for _, s := range t.of(by) {
		if s.Verdict == team.Overlooked {
			names = append(names, t.T("board.overlooked_one", "Group", GroupWord(t.Phrases, by, s.Group), "Minutes", t.Percent(s.OfMinutes), "Value", t.Percent(s.OfValue)))
		}
	}
	title := t.T("board.by." + string(by))
	if len(names) == 0 {
		return title + ": " + t.T("board.overlooked_none")
	}
	return title + ": " + t.T("board.overlooked", "Groups", t.List(names))
}

// GroupWord is what a group of customers is called.
func GroupWord(words *phrase.Phrases, by behold.AttentionBy, group string) string {
	switch {
	case by == behold.AttentionClass:
		return words.T("board.class." + group)
	case group != "":
		return words.Known(group)
	case by == behold.AttentionTeam:
		return words.T("team.without")
	case by == behold.AttentionColleague:
		return words.T("team.nobody")
	}
	return words.T("board.unsaid")
}

func (t *teller) shares(by behold.AttentionBy) BoardPart {
	s := BoardPart{Name: string(by), Title: t.T("board.by." + string(by))}
	out := BoardTable{Head: []string{t.T("board.group"), t.T("page.customers.title"), t.T("board.head.met"), t.T("board.head.minutes"), t.T("team.value"), t.T("board.head.ratio"), ""}}
	c := chart.Ranges{ID: "attention-" + string(by), Title: t.T("board.picture_ratio"), Tick: func(x float64) string { return t.Decimal(x, 1) }, Mark: 1, Band: 1, Word: t.T("board.even")}
	for _, one := range t.of(by) {
		word := GroupWord(t.Phrases, by, one.Group)
		row := BoardRow{Cells: []string{
			word, t.Number(one.Customers), t.Percent(one.MetShare) + " (" + t.PercentRange(one.MetLow, one.MetHigh) + ")", t.Percent(one.OfMinutes), t.Percent(one.OfValue), RatioWord(t.Phrases, &one), t.T("board.verdict." + string(one.Verdict)),
		}, Strong: one.Verdict == team.Overlooked}
		if one.Ratio != nil && one.High != nil {
			c.Rows = append(c.Rows, chart.RangeRow{Word: word, Says: t.Decimal(*one.Ratio, 2), Value: *one.Ratio, Low: *one.Low, High: *one.High, Strong: row.Strong})
			c.To = max(c.To, min(*one.High, 3), 1.5)
		}
		out.Rows = append(out.Rows, row)
	}
	s.Tables = []BoardTable{out}
	if len(c.Rows) > 1 {
		c.To, c.Ticks = min(3, math.Ceil(2*c.To)/2), []float64{0, 0.5, 1, 1.5, 2, 2.5, 3}
		c.Ticks = c.Ticks[:1+int(2*c.To)]
		s.Ranges = &c
	}
	return s
}

// RatioWord is attention against value, with its range.
func RatioWord(words *phrase.Phrases, s *team.Share) string {
	if s.Ratio == nil || s.High == nil {
		return "–"
	}
	return words.Decimal(*s.Ratio, 2) + " (" + words.Decimal(*s.Low, 2) + "–" + words.Decimal(*s.High, 2) + ")"
}

func (t *teller) answers() BoardPart {
	out := BoardTable{Head: []string{t.T("team.team"), t.T("board.head.asked"), t.T("board.head.answered"), t.T("board.head.hours"), t.T("board.head.day")}}
	for _, a := range t.b.Answers {
		out.Rows = append(out.Rows, BoardRow{Cells: []string{cmp.Or(a.Team, t.T("team.without")), t.Number(a.Asked), t.Number(a.Answered), t.Decimal(a.Hours, 1), t.Percent(float64(a.Day) / float64(max(1, a.Asked)))}})
	}
	return part("answers", t.T("board.answers"), out, t.T("board.answers_says", "Day", t.Date(t.b.Since)))
}

func (t *teller) loads() BoardPart {
	out := BoardTable{Head: []string{t.T("team.team"), t.T("board.head.people"), t.T("board.head.tasks"), t.T("board.head.load")}}
	for _, l := range t.b.Loads {
		out.Rows = append(out.Rows, BoardRow{Cells: []string{cmp.Or(l.Team, t.T("team.without")), t.Number(l.People), t.Number(l.Tasks), t.T("board.load_of", "Used", t.Number(int(l.Used+0.5)), "Minutes", t.Number(int(l.Minutes+0.5)))}})
	}
	return part("load", t.T("board.load"), out)
}

// CreditSays is how far the credit is: what is still missing, or what it is.
func CreditSays(words *phrase.Phrases, c *CreditBoard) []string {
	switch {
	case c.Assigned == 0:
		return []string{words.T("board.credit_none")}
	case c.Matured == 0 && c.Next.Known():
		return []string{words.N("board.credit_waiting", c.Assigned, "Day", words.Date(c.Next))}
	case len(c.Teams) == 0:
		return []string{words.N("board.credit_waiting_more", c.Matured)}
	}
	says := []string{words.N("board.credit_says", c.Matured)}
	if i := slices.IndexFunc(c.Teams, func(one task.Credit) bool { return !one.Enough }); i >= 0 {
		says = append(says, words.T("board.credit_few"))
	}
	return says
}

func (t *teller) credit() BoardPart {
	c := &t.b.Credit
	s := BoardPart{Name: "credit", Title: t.T("board.credit"), Says: CreditSays(t.Phrases, c)}
	if len(c.Teams) == 0 {
		return s
	}
	s.Tables = []BoardTable{t.credits(c.Teams, t.T("team.team"))}
	if len(c.Colleagues) > 0 {
		s.Tables = append(s.Tables, t.credits(c.Colleagues, t.T("promisereport.head.colleagues")))
	}
	f := CreditFunnel(t.Phrases, c.Teams)
	s.Funnel = &f
	return s
}

func (t *teller) credits(list []task.Credit, head string) BoardTable {
	out := BoardTable{Head: []string{head, t.T("board.head.cases"), t.T("board.head.kept"), t.T("board.head.expected"), t.T("board.head.credit"), t.T("board.head.per_case"), ""}}
	for i := range list {
		c := &list[i]
		out.Rows = append(out.Rows, BoardRow{Cells: []string{
			cmp.Or(c.Whose, t.T("team.without")), t.Number(c.Cases), t.Number(c.Kept), t.Decimal(c.Expected, 1), Signed(t.Phrases, c.Customers, 1), PerCase(t.Phrases, c), CreditVerdict(t.Phrases, c),
		}})
	}
	return out
}

// Signed is a difference with its sign.
func Signed(words *phrase.Phrases, x float64, decimals int) string {
	if x > 0 {
		return "+" + words.Decimal(x, decimals)
	}
	return words.Decimal(x, decimals)
}

// PerCase is the credit of a hundred customers, drawn together, with its range.
func PerCase(words *phrase.Phrases, c *task.Credit) string {
	return Signed(words, 100*c.PerCase, 1) + " (" + Signed(words, 100*c.PerCaseIn.Low, 1) + " … " + Signed(words, 100*c.PerCaseIn.High, 1) + ")"
}

// CreditVerdict says whether chance alone makes such a credit.
func CreditVerdict(words *phrase.Phrases, c *task.Credit) string {
	switch {
	case !c.Enough:
		return words.T("board.verdict.too_few")
	case c.Outside99:
		return words.T("board.outside998")
	case c.Outside95:
		return words.T("board.outside95")
	}
	return words.T("board.inside")
}

// CreditFunnel is the credit of teams against the limits of chance.
func CreditFunnel(words *phrase.Phrases, list []task.Credit) chart.Funnel {
	f := chart.Funnel{
		ID: "credit", Title: words.T("board.funnel"), Below: words.T("board.head.cases"), Inner: "95 %", Outer: strconv.Itoa(99) + words.Decimal(0.8, 1)[1:] + " %",
		Unit: func(x float64) string { return Signed(words, 100*x, 0) }, Cases: words.Number,
	}
	for i := range list {
		c := &list[i]
		f.Points = append(f.Points, chart.FunnelPoint{Word: cmp.Or(c.Whose, words.T("team.without")), Cases: c.Cases, Value: c.Customers / float64(c.Cases), Spread: c.Spread, Out: c.Outside95})
	}
	return f
}

func (t *teller) rewards() BoardPart {
	out := BoardTable{Head: []string{t.T("team.team"), t.T("board.head.kept"), t.T("board.head.back"), t.T("board.head.points"), t.T("board.head.amount")}}
	for _, r := range t.b.Rewards {
		out.Rows = append(out.Rows, BoardRow{Cells: []string{cmp.Or(r.Whose, t.T("team.without")), t.Number(r.Kept), t.Number(r.Back), t.Decimal(r.Points, 0), t.Money(r.Amount)}})
	}
	return part("rewards", t.T("board.rewards"), out, t.T("board.rewards_says"))
}

// part has its table only where there is anything in it.
func part(name, title string, t BoardTable, says ...string) BoardPart {
	p := BoardPart{Name: name, Title: title, Says: says}
	if len(t.Rows) > 0 {
		p.Tables = []BoardTable{t}
	}
	return p
}

// KeptSays is how many customers were kept this month.
func KeptSays(words *phrase.Phrases, n int) string {
	if n == 0 {
		return words.T("board.kept_none")
	}
	return words.N("board.kept", n)
}

// minutes says what counts as attention, and for how much.
func (t *teller) minutes() string { return t.T("board.minutes_are", "Day", t.Date(t.b.Since)) }
