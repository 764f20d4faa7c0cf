package phrase

import (
	"strconv"

	"behold"
)

// A Heard is how many of those who answered are very satisfied, to be said.
type Heard struct {
	N, Top           int
	Share, Low, High float64
	From             behold.Day
	Open             bool // the quarter goes on
}

// singleVoices is below how many answers a share is not said: they are single
// voices.
const singleVoices = 5

// Quarter names the quarter of a day.
func (p *Phrases) Quarter(d behold.Day) string {
	return p.T("voice.quarter", "Quarter", strconv.Itoa((int(d.Time().Month())-1)/3+1), "Year", strconv.Itoa(d.Time().Year()))
}

// Answers counts answers.
func (p *Phrases) Answers(n int) string { return p.N("voice.count", n) }

// VeryHappy says how many are very satisfied, with what that may be.
func (p *Phrases) VeryHappy(h Heard) string {
	args := []any{"Share", p.Percent(h.Share), "Low", p.Percent(h.Low), "High", p.Percent(h.High), "Answers", p.Answers(h.N), "Top", h.Top, "Quarter", p.Quarter(h.From)}
	switch {
	case h.N < singleVoices:
		return p.T("voice.now_few", args...)
	case h.Open:
		return p.T("voice.now_open", args...)
	}
	return p.T("voice.now_closed", args...)
}

// ShareIn is a share with its range, or the count while there are few answers.
func (p *Phrases) ShareIn(h Heard) string {
	if h.N < singleVoices {
		return p.T("voice.few", "Top", h.Top, "Answers", h.N)
	}
	return p.T("reasons.share", "Share", p.Percent(h.Share), "Range", p.PercentRange(h.Low, h.High))
}

// Item is what an item of a survey is called; the file's own word when it is not
// one of ours.
func (p *Phrases) Item(word string) string { return p.own("voice.item.", word) }

// Touchpoint is where customers meet the company.
func (p *Phrases) Touchpoint(word string) string { return p.own("voice.touchpoint.", word) }

func (p *Phrases) own(area, word string) string {
	if p.Has(area + word) {
		return p.T(area + word)
	}
	return word
}

// A Times is a ratio with its range, to be said with one decimal or two.
type Times struct{ Value, Low, High float64 }

// Ratio says a ratio: 0.5 (0.3–0.8).
func (p *Phrases) Ratio(t Times) string {
	decimals := 1
	if t.High < 1 || t.Value < 1 {
		decimals = 2
	}
	return p.T("voice.ratio", "Value", p.Decimal(t.Value, decimals), "Low", p.Decimal(t.Low, decimals), "High", p.Decimal(t.High, decimals))
}

// Verdict says in a sentence what the company's own data say about the rule of
// thumb that very satisfied customers buy again five to ten times as often. word
// is one of survey.TooEarly and its kin.
func (p *Phrases) Verdict(word string, lossRate Times, needs int) string {
	if word == "too_early" {
		return p.T("voice.verdict.too_early", "Needs", needs)
	}
	key := "voice.verdict.same"
	switch {
	case lossRate.High < 1:
		key = "voice.verdict.less"
	case lossRate.Low > 1:
		key = "voice.verdict.more"
	}
	return p.T(key, "Ratio", p.Ratio(lossRate)) + " " + p.T("voice.verdict."+word)
}
