package repurchase

import (
	"errors"
	"math"
	"testing"
)

type scorer interface {
	forecaster
	Score([]Buyer, float64) ([]Outlook, error)
}

// Many at once and one by one are the same answers, whatever the horizon.
func TestOutlookEqualsSingle(t *testing.T) {
	for _, name := range referenceSets[2:] {
		p := readPast(t, name)
		for _, m := range []scorer{
			BGNBD{R: 0.25, Alpha: 4.8, A: 0.72, B: 2.16}, MBGNBD{R: 0.6, Alpha: 7, A: 0.05, B: 0.2}, BGNBD{R: 2, Alpha: 40, A: 30, B: 90},
			MBGCNBD{K: 2, R: 0.6, Alpha: 3, A: 0.8, B: 1.2}, ParetoNBD{R: 0.6, Alpha: 11, S: 0.5, Beta: 9},
		} {
			for _, h := range []float64{0, 4, 52, 1000} {
				buyers := p.buyers[:400]
				got, err := m.Score(buyers, h)
				if err != nil {
					t.Fatal(err)
				}
				for i := 0; i < len(buyers); i += 9 {
					b := buyers[i]
					within(t, "alive", got[i].Alive, m.Alive(b), 1e-12)
					within(t, "no purchase", got[i].NoPurchase, m.NoPurchase(b, h), 1e-12)
					near(t, "expected", got[i].Expected, m.Expected(b, h), 1e-9)
				}
			}
		}
	}
}

func TestOutlookRefuses(t *testing.T) {
	m := BGNBD{R: 0.25, Alpha: 4.8, A: 0.72, B: 2.16}
	var input *InputError
	if _, err := m.Score([]Buyer{{Age: 1}, {Repeats: 1, Last: 3, Age: 2}}, 1); !errors.As(err, &input) || input.Buyer != 1 {
		t.Errorf("a last purchase to come gives %v", err)
	}
	if _, err := m.Score([]Buyer{{Age: 1}}, math.NaN()); err == nil {
		t.Error("a time that is no number is taken")
	}
	for _, never := range []scorer{BGNBD{}, MBGNBD{}, BGCNBD{}, MBGCNBD{}, ParetoNBD{}, BGBB{}} {
		if _, err := never.Score(nil, 1); !errors.Is(err, ErrNoFit) {
			t.Errorf("%T never fitted scores with %v", never, err)
		}
	}
	if all, err := (BGBB{Alpha: 1, Beta: 1, Gamma: 1, Delta: 1}).Score([]Buyer{{Repeats: 1, Last: 2, Age: 3}, {Age: 1}}, 5); err != nil || len(all) != 2 {
		t.Errorf("occasions: %v, %v", all, err)
	}
}
