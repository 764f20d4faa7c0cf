package web

import (
	"context"
	"fmt"
	"io"

	"behold"
	walk "behold/internal/round"
	"behold/internal/survey"
)

// What customers of the shop of the tests say: nothing in an empty one.
func (s *shop) Voice(_ context.Context, day behold.Day) (*walk.VoiceReport, error) {
	if len(s.customers) == 0 {
		return nil, nil
	}
	half, asked, rate, less, best := 0.5, 400, 0.24, 0.24, 0.7
	share := func(n, top int) survey.Share {
		return survey.Share{N: n, Top: top, Value: float64(top) / float64(max(n, 1)), Low: 0.1, High: 0.62}
	}
	r := &walk.VoiceReport{
		Day: day, From: day - 800, To: day, YearFrom: day - 300, Level: 0.95, Customers: 300, Answers: 150,
		Windows: []survey.Window{
			{From: day - 160, To: day - 70, Share: share(80, 20), Method: survey.Exact, Customers: 3000, Effective: 80, Flattering: 0.9, Satisfied: 72},
			{From: day - 69, To: day, Open: true, Share: share(96, 30), Method: survey.Weighted, Weighted: true, Customers: 300, Effective: 82, Asked: &asked, Response: &rate,
				Sensitivity: &less, Flattering: 0.96, Satisfied: 92, NPS: &survey.Score{N: 90, Value: 31, Low: 10, High: 50, Least: -100, Most: 100},
				Effort: &survey.Score{N: 90, Value: 5.5, Low: 5, High: 6, Least: 1, Most: 7}},
		},
		Watch: survey.Watch{Enough: true, Needs: 60, Years: 3, Usual: &half, Changes: []survey.Change{{On: day - 20, Since: day - 60, More: true, Usual: 0.2, Then: 0.4, Number: 60}}},
		Touchpoints: []survey.Part{
			{Name: "advice", Share: share(50, 20), Near: 49, Shrunk: &half, ShrunkLow: &less, ShrunkHigh: &best, Best: &best},
			{Name: "delivery", Share: share(40, 9), Near: 36, Shrunk: &half, ShrunkLow: &less, ShrunkHigh: &best, Best: &less},
			{Name: "<b>desk</b>", Share: share(3, 1), Near: 3, Few: true, Answers: []survey.Voice{{ID: strandID, At: day - 2, Value: 5, Scale: 5}}},
		},
		Segments: []survey.Part{{Name: "hotel", Share: share(60, 20), Near: 55}, {Share: share(30, 10), Near: 25}},
		Items:    []survey.Part{{Name: "satisfaction", Share: share(96, 30), Near: 92}, {Name: "fast", Share: share(80, 20), Near: 60}},
		Table: []survey.Cell{
			{Attitude: survey.VerySatisfied, Behaviour: survey.Loyal, Called: "devoted", Customers: 20},
			{Attitude: survey.Less, Behaviour: survey.Loyal, Called: "loyal_but_unhappy", Customers: 4, Examples: []string{strandID}},
		},
		Drivers: &survey.Drivers{Enough: true, Answers: 160, Needs: 150, R2: &half, Outcome: []string{"repurchase"}, Items: []survey.Driver{
			{Item: "fast", Share: 0.2, Low: 0.1, High: 0.3, TopThree: 0.9, Halo: 0.05, TopShare: 0.25, Room: 0.7, Answers: 80},
			{Item: "easy", Share: 0.1, Low: 0.05, High: 0.2, TopThree: 0.5, Halo: 0.04, TopShare: 0.5, Room: 0.3, Answers: 80},
		}},
		Repurchase: &survey.Repurchase{Verdict: survey.Outside, Needs: 30, Months: 12, ClaimLow: 0.1, ClaimHigh: 0.2,
			Levels: []survey.LevelCount{{Level: survey.VerySatisfied, Answers: 200, Bought: 150, Lost: 40}, {Level: survey.Satisfied, Answers: 300, Bought: 200, Lost: 80}},
			Hazard: &survey.Ratio{Value: 1.5, Low: 1.2, High: 1.9}, First: &best, Second: &half, Ceiling: &best, Chances: &survey.Ratio{Value: 1.4, Low: 1.1, High: 1.6},
			Odds: &survey.Ratio{Value: 2.3, Low: 1.5, High: 3.1}, LossRates: &survey.Ratio{Value: 0.6, Low: 0.4, High: 0.8}},
	}
	r.Now = &r.Windows[1]
	return r, nil
}

func (s *shop) Listen(ctx context.Context, day behold.Day, _ func(done, total int64)) (*walk.VoiceReport, error) {
	return s.Voice(ctx, day)
}

func (s *shop) Counted(_ context.Context, day behold.Day) ([]survey.Weighed, error) {
	half := 0.5
	return []survey.Weighed{{Quarter: day - 40, Customer: "=1+1", At: day, Value: 5, Scale: 5, Very: true, Drawn: day - 3, Stratum: "high-old-active", Pi: &half, Rho: &half, Weight: &half}}, nil
}

func (s *shop) WriteVoice(_ context.Context, w io.Writer, r *walk.VoiceReport, language string) error {
	_, err := fmt.Fprintf(w, "<!doctype html><title>voice %v %s</title>", r.Day, language)
	return err
}

func (s *shop) SaveDeed(_ context.Context, d *behold.Deed) error {
	if err := d.Check(fakeDay); err != nil {
		return err
	}
	for _, old := range s.deeds {
		if old.ID == d.ID {
			return nil
		}
	}
	s.deeds = append(s.deeds, *d)
	return nil
}

func (s *shop) TakeBackDeed(_ context.Context, id string) error {
	for i, d := range s.deeds {
		if d.ID == id {
			s.deeds = append(s.deeds[:i:i], s.deeds[i+1:]...)
			return nil
		}
	}
	return &behold.Error{Kind: behold.NotFound, Code: "deed_gone", Say: "there is no such deed"}
}

func (s *shop) Deeds(context.Context, int) ([]behold.Deed, error) { return s.deeds, nil }
