package web

import (
	"net/http"
	"slices"
	"strconv"

	"behold"
	"behold/internal/chart"
)

// newest is how many of the newest comments the page of answers shows.
const newest = 12

// A voiceView is what customers answered in the year up to the last round.
type voiceView struct {
	overview
	counts   []behold.AnswerCount
	comments []behold.Comment
}

func (s *server) voicePage(w http.ResponseWriter, r *request) error {
	v := voiceView{}
	var err error
	if v.overview, err = s.overview(r.Context()); err != nil {
		return err
	}
	if v.round != nil {
		if v.counts, err = s.Company.AnswerCounts(r.Context(), v.round.Day); err != nil {
			return err
		}
		if v.comments, err = s.Company.Comments(r.Context(), v.round.Day, newest); err != nil {
			return err
		}
	}
	p := s.page(r, "/voice")
	return s.show(w, r, http.StatusOK, voiceContent(p.titled(p.T("nav.voice")), v))
}

// all are the items over all touchpoints, overall satisfaction first, then those
// with the most answers.
func (v voiceView) all() (list []behold.AnswerCount) {
	for _, a := range v.counts {
		if a.Touchpoint == "" {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b behold.AnswerCount) int {
		if first := a.Item == "satisfaction"; first != (b.Item == "satisfaction") {
			if first {
				return -1
			}
			return 1
		}
		return b.Answers - a.Answers
	})
	return list
}

// main is the item that the page opens with.
func (v voiceView) main() (behold.AnswerCount, bool) {
	all := v.all()
	if len(all) == 0 {
		return behold.AnswerCount{}, false
	}
	return all[0], true
}

// touchpoints are the answers to the main item at each touchpoint; of all items
// together when it was not asked at any.
func (v voiceView) touchpoints() (list []behold.AnswerCount) {
	main, _ := v.main()
	for _, a := range v.counts {
		if a.Touchpoint != "" && a.Item == main.Item && a.Scale == main.Scale {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b behold.AnswerCount) int { return b.Answers - a.Answers })
	return list
}

// item is what an item of a survey is called; the file's own word when it is not
// one of ours.
func (p page) item(word string) string {
	if p.Has("voice.item." + word) {
		return p.T("voice.item." + word)
	}
	return word
}

func (p page) touchpoint(word string) string {
	if p.Has("voice.touchpoint." + word) {
		return p.T("voice.touchpoint." + word)
	}
	return word
}

// topShare is the share of the best value with its range; counts only while
// there are fewer answers than a share needs.
func (p page) topShare(a behold.AnswerCount) string {
	if a.Answers < fewAnswers {
		return p.T("voice.few", "Top", a.Top, "Answers", a.Answers)
	}
	share, ci := shareOf(a.Top, a.Answers)
	return p.T("reasons.share", "Share", p.Percent(share), "Range", p.PercentRange(ci.Low, ci.High))
}

// nearShare is the flattering share: the best value or the one below it.
func (p page) nearShare(a behold.AnswerCount) string {
	if a.Answers < fewAnswers {
		return ""
	}
	return p.Percent(float64(a.Near) / float64(a.Answers))
}

// voiceLead is the share of the best value in a sentence, with the number of answers.
func (p page) voiceLead(a behold.AnswerCount) string {
	key := "voice.lead"
	if a.Item != "satisfaction" {
		key = "voice.lead_item"
	}
	return p.N(key, a.Answers, "Share", p.topShare(a), "Item", p.item(a.Item))
}

// voicePicture draws the shares of the best value, with their ranges.
func (p page) voicePicture(id, title string, list []behold.AnswerCount, word func(behold.AnswerCount) string) string {
	var rows []chart.RangeRow
	for _, a := range list {
		if a.Answers < fewAnswers {
			continue
		}
		share, ci := shareOf(a.Top, a.Answers)
		rows = append(rows, chart.RangeRow{Word: word(a), Says: p.Percent(share), Value: share, Low: ci.Low, High: ci.High})
	}
	if len(rows) < 2 {
		return ""
	}
	return p.ranges(id, title, rows)
}

func (p page) itemPicture(v voiceView) string {
	return p.voicePicture("items", p.T("voice.items"), v.all(), func(a behold.AnswerCount) string { return p.item(a.Item) })
}

func (p page) touchpointPicture(v voiceView) string {
	return p.voicePicture("touchpoints", p.T("voice.touchpoints"), v.touchpoints(), func(a behold.AnswerCount) string { return p.touchpoint(a.Touchpoint) })
}

func (s *server) voiceCSV(w http.ResponseWriter, r *request) error {
	v, err := s.overview(r.Context())
	if err != nil {
		return err
	}
	var counts []behold.AnswerCount
	if v.round != nil {
		if counts, err = s.Company.AnswerCounts(r.Context(), v.round.Day); err != nil {
			return err
		}
	}
	out := download(w, "answers.csv")
	out.Write([]string{"item", "touchpoint", "scale_max", "answers", "top", "top_or_next", "share_top", "low", "high", "last"})
	for _, a := range counts {
		share, ci := shareOf(a.Top, a.Answers)
		out.Write([]string{harmless(a.Item), harmless(a.Touchpoint), number(a.Scale), strconv.Itoa(a.Answers), strconv.Itoa(a.Top), strconv.Itoa(a.Near),
			number(share), number(ci.Low), number(ci.High), a.Last.String()})
	}
	out.Flush()
	return out.Error()
}
