package effect

import (
	"errors"
	"math"
	"testing"

	"behold/stat"
	"behold/stat/sequential"
)

func lateSequence() (Sequence, error) { return sequential.NewMean(0.95) }

// METHODS 8.3: true effect .10; half-widths .137 (n 1,000, h .1), .103 (h .2) and
// .069 (n 4,000, h .1), and chances .33, .59 and .91 to have shown it.
func TestPower_Methods8_3(t *testing.T) {
	for _, c := range []struct{ n, held, shown, width float64 }{{1000, 0.1, 0.33, 0.137}, {1000, 0.2, 0.59, 0.103}, {4000, 0.1, 0.91, 0.069}} {
		d := Design{PerMonth: c.n / 10, Months: 10, Held: c.held, Effect: 0.1, Spread: 0.41, Runs: 600, Seed: 1}
		p, err := d.Power(lateSequence)
		if err != nil {
			t.Fatal(err)
		}
		near(t, p.Shown, c.shown, 0.06, "shown", c)
		near(t, p.Width, c.width, 0.0035, "width", c)
		if p.Wrong > 0.02 {
			t.Errorf("%v shown on the wrong side", p.Wrong)
		}
		for m := 1; m < len(p.ByMonth); m++ {
			if p.ByMonth[m] < p.ByMonth[m-1] {
				t.Errorf("less is shown in month %d: %v", m+1, p.ByMonth)
			}
		}
	}
}

// "With 40 episodes a month and 20 % held out, the chance to see a 10-point
// effect within 24 months is about 60 %."
func TestPowerLine_Methods8_3(t *testing.T) {
	p, err := Design{PerMonth: 40, Months: 24, Held: 0.2, Effect: 0.1, Spread: 0.41, Runs: 600}.Power(lateSequence)
	if err != nil {
		t.Fatal(err)
	}
	near(t, p.Shown, 0.6, 0.06, "shown")
	if p.Needed != 0 {
		t.Errorf("four in five in month %d", p.Needed)
	}
}

// A harmful effect is found as soon as one that helps; the unit does not matter;
// one that is huge is shown as soon as there are enough in each arm.
func TestPowerProperties(t *testing.T) {
	d := Design{PerMonth: 50, Months: 12, Held: 0.3, Effect: 0.12, Spread: 0.4, Runs: 200}
	p, err := d.Power(lateSequence)
	if err != nil {
		t.Fatal(err)
	}
	thousand := d
	thousand.Effect, thousand.Spread = 120, 400
	k, err := thousand.Power(lateSequence)
	if err != nil || k.Shown != p.Shown {
		t.Errorf("%v in thousandths, %v", k.Shown, p.Shown)
	}
	harm := d
	harm.Effect = -0.12
	h, err := harm.Power(lateSequence)
	if err != nil {
		t.Fatal(err)
	}
	near(t, h.Shown, p.Shown, 0.12, "harm")
	huge := d
	huge.Effect = 50
	u, err := huge.Power(lateSequence)
	if err != nil || u.Shown != 1 || u.Needed < 2 || u.Needed > 6 {
		t.Errorf("%+v, %v", u, err)
	}
	short := d
	short.Months = 1
	s, err := short.Power(lateSequence)
	if err != nil || s.Shown != 0 {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestPowerErrors(t *testing.T) {
	good := Design{PerMonth: 50, Months: 12, Held: 0.3, Effect: 0.12, Spread: 0.4, Runs: 2}
	nan := math.NaN()
	for field, change := range map[string]func(*Design){
		"PerMonth": func(d *Design) { d.PerMonth = nan }, "Months": func(d *Design) { d.Months = 0 }, "Held": func(d *Design) { d.Held = 1 },
		"Effect": func(d *Design) { d.Effect = 0 }, "Spread": func(d *Design) { d.Spread = nan },
	} {
		d := good
		change(&d)
		_, err := d.Power(lateSequence)
		var input *stat.InputError
		if !errors.As(err, &input) || input.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	broken := errors.New("no sequence")
	if _, err := good.Power(func() (Sequence, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
}
