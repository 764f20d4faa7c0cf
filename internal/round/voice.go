package round

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"behold"
	"behold/internal/forecast"
	"behold/internal/survey"
)

// Asked is whom the company asked to answer, as far as Behold did it.
type Asked struct {
	Invites []behold.Invite
	Draws   []behold.SurveyDay
}

// numbers are the customers who were asked.
func (a *Asked) numbers() map[int32]bool {
	all := map[int32]bool{}
	for i := range a.Invites {
		all[a.Invites[i].Number] = true
	}
	return all
}

// hear takes a run of customers into a hearing. What is kept of them is copied:
// the histories and dealings themselves may go.
func hear(heard *survey.Hearing, h *behold.Histories, deals *behold.Dealings, f []behold.Forecast, asked map[int32]bool) {
	for k := range f {
		p := survey.Person{Customer: f[k].Customer, First: behold.NoDay, Last: behold.NoDay, State: f[k].State, Loyalty: -1, Silence: f[k].SilenceP}
		if f[k].Occasions > 0 {
			p.First, p.Last = f[k].First, f[k].Last
		}
		if k < len(deals.Profile) {
			p.Segment, p.Captive = deals.Profile[k].Segment, deals.Profile[k].Captive
		}
		p.Asked = asked[p.Customer]
		if answers := deals.Answers.Of(k); len(answers) > 0 || p.Asked {
			p.Answers = slices.Clone(answers)
			for i := h.Start[k]; i < h.Start[k+1]; i++ {
				if h.Purchase(i) {
					p.Bought = append(p.Bought, h.Day[i])
				}
			}
		}
		heard.Meet(p)
	}
}

// tellLoyalty gives those who were heard their loyalty index; habits are in order
// of customers.
func tellLoyalty(heard *survey.Hearing, habits []forecast.Habit, index []float64) {
	for _, p := range heard.Heard() {
		at, known := slices.BinarySearchFunc(habits, p.Customer, func(h forecast.Habit, n int32) int { return cmp.Compare(h.Customer, n) })
		if known {
			p.Loyalty = index[at]
		}
	}
}

// voice keeps with the round what customers say, but for what takes seconds.
func (a *found) voice(ctx context.Context, r *behold.Round, w *Walk, records Records) error {
	report, err := w.tell(ctx, records, &a.heard, survey.Options{Day: r.Day, Seed: r.Settings.Seed, Invites: a.asked.Invites, Draws: a.asked.Draws})
	if err != nil {
		return err
	}
	r.Voice, err = json.Marshal(report)
	return err
}

// naming is what names customers and their segments.
type naming interface {
	Names(ctx context.Context, day behold.Day, numbers []int32) ([]behold.Customer, error)
}

func (w *Walk) tell(ctx context.Context, names naming, heard *survey.Hearing, o survey.Options) (*survey.Report, error) {
	o.Weeks = func(from, to behold.Day) float64 { return w.Model.Clock.Between(from, to) / 7 }
	o.Who = func(numbers []int32) ([]behold.Customer, error) { return names.Names(ctx, w.Day, numbers) }
	return survey.Tell(heard, o)
}

// A VoiceQuery asks what customers say.
type VoiceQuery struct {
	Day      behold.Day
	From, To behold.Day // answers given between these days only; NoDay: the last four years
	Deep     bool       // drivers, and from answer to purchase, too
	Answers  bool       // every answer that is counted, with its weight
}

// A VoiceReport is what customers say, with the currency of the company.
type VoiceReport = survey.Report

// Voice walks past every customer to tell what customers say (METHODS 6), and
// keeps nothing.
func Voice(ctx context.Context, records Records, q VoiceQuery, settings behold.Settings, opt Options) (*VoiceReport, error) {
	walk, err := Learn(ctx, records, q.Day, settings, opt)
	if err != nil {
		return nil, err
	}
	var heard survey.Hearing
	asked := opt.Asked.numbers()
	var habits []forecast.Habit
	err = walk.Each(ctx, records, func(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast) error {
		habits = append(habits, walk.Model.Habits(h, deals.Profile, f)...)
		hear(&heard, h, deals, f, asked)
		if opt.Progress != nil {
			opt.Progress(int64(len(habits)), walk.Extent.Customers)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(habits, func(a, b forecast.Habit) int { return cmp.Compare(a.Customer, b.Customer) })
	tellLoyalty(&heard, habits, forecast.Loyalty(habits))
	return walk.tell(ctx, records, &heard, survey.Options{Day: q.Day, From: q.From, To: q.To, Seed: settings.Seed, Deep: q.Deep, Answers: q.Answers,
		Invites: opt.Asked.Invites, Draws: opt.Asked.Draws})
}
