package survey

import (
	"compress/gzip"
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"behold"
	"behold/internal/realdata"
)

// METHODS 14.2: what is known after so many answers, of which so many are the best.
func TestReplay_Methods14_2(t *testing.T) {
	for _, want := range []struct {
		n, top    int
		low, high float64
	}{{20, 8, .1345, .7162}, {50, 20, .2078, .6162}, {100, 40, .2540, .5592}, {200, 80, .2908, .5164}, {500, 200, .3267, .4764}} {
		replay, err := NewReplay(Question{Most: 5, Top: 1, Level: 0.95})
		if err != nil {
			t.Fatal(err)
		}
		var look Look
		for i := range want.n {
			answer := 4
			if i < want.top {
				answer = 5
			}
			if look, err = replay.Add(answer); err != nil {
				t.Fatal(err)
			}
		}
		if look.N != want.n || look.Top != want.top || math.Abs(look.Share.Low-want.low) > 5e-5 || math.Abs(look.Share.High-want.high) > 5e-5 {
			t.Errorf("%d of %d: %+v, want %v to %v", want.top, want.n, look, want.low, want.high)
		}
	}
}

// A firm of 80 whose 40 answers hold 16 of the best has 20 to 45 very satisfied
// customers (METHODS 6.4 b), and cannot get more than 80 answers.
func TestReplayOfASmallFirm(t *testing.T) {
	replay, err := NewReplay(Question{Most: 5, Top: 1, Population: 80, Level: 0.95})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 80 {
		answer := 3
		if i%5 < 2 {
			answer = 5
		}
		look, err := replay.Add(answer)
		if err != nil {
			t.Fatal(err)
		}
		if i == 39 && (look.Top != 16 || math.Abs(look.Share.Low*80-20) > 1e-9 || math.Abs(look.Share.High*80-45) > 1e-9) {
			t.Errorf("after 40 answers %+v, want 20 to 45 of 80", look)
		}
	}
	if _, err := replay.Add(5); behold.KindOf(err) != behold.Invalid {
		t.Errorf("an answer of an 81st customer: %v", err)
	}
}

func TestReplayRefuses(t *testing.T) {
	for name, q := range map[string]Question{
		"no scale":        {Most: 1, Top: 1, Level: .95},
		"all are best":    {Most: 5, Top: 5, Level: .95},
		"none is best":    {Most: 5, Top: 0, Level: .95},
		"no level":        {Most: 5, Top: 1, Level: 1},
		"fewer than none": {Most: 5, Top: 1, Population: -1, Level: .95},
	} {
		if _, err := NewReplay(q); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	replay, err := NewReplay(Question{Most: 5, Top: 1, Level: .95})
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range []int{0, 6, -1, math.MaxInt} {
		if _, err := replay.Add(answer); behold.KindOf(err) != behold.Invalid || behold.HintOf(err) == "" {
			t.Errorf("the answer %d: %v", answer, err)
		}
	}
	if look, err := replay.Add(5); err != nil || look.N != 1 || look.NPS != nil {
		t.Errorf("after four answers that are none: %+v, %v", look, err)
	}
}

// Four years of real answers, looked at after each: the interval never loses the
// share that all the answers of the year come to.
func TestReplayOfAnAirport(t *testing.T) {
	for year, want := range map[string]int{"2014": 2677, "2015": 2810, "2016": 2919, "2017": 2688} {
		looks := replayed(t, "sfo_survey_"+year+".csv.gz", "Q7ALL", Question{Most: 5, Top: 1, Level: 0.95}, 0, 6)
		last := looks[len(looks)-1]
		if last.N != want {
			t.Errorf("%s has %d answers, want %d", year, last.N, want)
		}
		for _, l := range looks {
			if share := last.Estimate(); l.Share.Low > share || l.Share.High < share {
				t.Errorf("%s: after %d answers %.3f to %.3f does not hold %.3f", year, l.N, l.Share.Low, l.Share.High, share)
				break
			}
		}
	}
}

// The score of 2017 as published with the data: 2,746 answers, 52.3 % promoters,
// 39.8; eleven is a code for a blank, not a promoter.
func TestReplayOfRecommendations(t *testing.T) {
	looks := replayed(t, "sfo_survey_2017.csv.gz", "NETPRO", Question{Most: 10, Top: 2, Level: 0.95}, 11)
	last := looks[len(looks)-1]
	if last.N != 2746 || math.Abs(last.Estimate()-0.523) > 5e-4 || math.Abs(last.Score-39.8) > 0.05 {
		t.Errorf("%d answers, %.3f promoters, score %.2f", last.N, last.Estimate(), last.Score)
	}
	for _, l := range looks {
		if l.NPS.Low > last.Score || l.NPS.High < last.Score {
			t.Fatalf("after %d answers %.1f to %.1f does not hold %.1f", l.N, l.NPS.Low, l.NPS.High, last.Score)
		}
	}
}

func replayed(t *testing.T, name, item string, q Question, missing ...int) []Look {
	t.Helper()
	file, err := os.Open(realdata.Path(t, "data/"+name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(text).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	replay, err := NewReplay(q)
	if err != nil {
		t.Fatal(err)
	}
	place := -1
	for i, column := range lines[0] {
		if column == item {
			place = i
		}
	}
	var looks []Look
next:
	for _, cells := range lines[1:] {
		value, err := strconv.Atoi(cells[place])
		if err != nil {
			continue // an empty cell is no answer
		}
		for _, m := range missing {
			if value == m {
				continue next
			}
		}
		look, err := replay.Add(value)
		if err != nil {
			t.Fatal(err)
		}
		looks = append(looks, look)
	}
	return looks
}
