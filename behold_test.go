package behold

import (
	"encoding/json"
	"testing"
	"time"
)

func TestDay(t *testing.T) {
	for _, text := range []string{"1969-12-31", "1970-01-01", "2000-02-29", "2025-03-14"} {
		d, err := ParseDay(text)
		if err != nil || d.String() != text {
			t.Errorf("%s reads as %v, %v", text, d, err)
		}
		if want, _ := time.Parse(time.DateOnly, text); d.Weekday() != want.Weekday() || DayOf(want) != d {
			t.Errorf("%s is a %v, day %d", text, d.Weekday(), d)
		}
	}
	for _, text := range []string{"", "14-03-2025", "2025-02-30"} {
		if _, err := ParseDay(text); KindOf(err) != Invalid || HintOf(err) == "" {
			t.Errorf("%q: error %v without a hint", text, err)
		}
	}
	if NoDay.String() != "" || NoDay.Known() {
		t.Error("an unknown day is known")
	}
}

func TestMoneyDecimal(t *testing.T) {
	for _, c := range []struct {
		money Money
		want  string
	}{
		{Money{118800, "DKK"}, "1188.00"}, {Money{-5, ""}, "-0.05"}, {Money{0, "EUR"}, "0.00"},
		{Money{1188, "JPY"}, "1188"}, {Money{-1234567, "KWD"}, "-1234.567"},
	} {
		if got := c.money.Decimal(); got != c.want {
			t.Errorf("%v: %s, want %s", c.money, got, c.want)
		}
	}
	if m := MoneyOf(-0.125, "SEK"); m.Minor != -13 {
		t.Errorf("-0.125 rounds to %d, want -13", m.Minor)
	}
}

func TestClock(t *testing.T) {
	c := Clock{From: 100, Sum: []float64{0, 1, 1, 1, 3}} // open, shut, shut, double
	for _, k := range []struct {
		from Day
		t    float64
		want Day
	}{{100, 1, 101}, {100, 1.5, 104}, {101, 0.1, 104}, {100, 3, 104}, {100, 5, 106}, {95, 2, 97}} {
		if got := c.After(k.from, k.t); got != k.want {
			t.Errorf("%v after %d: day %d, want %d", k.t, k.from, got, k.want)
		}
	}
	if got := c.Between(99, 105); got != 5 {
		t.Errorf("from the day before to the day after: %v, want 5", got)
	}
	var calendar Clock
	if calendar.After(10, 2.5) != 13 || calendar.Between(3, 10) != 7 {
		t.Error("the zero clock is not the calendar")
	}
}

func TestUntilForgetsWhatWasRecordedLater(t *testing.T) {
	h := &Histories{
		AsOf: 100, Customer: []int32{1, 2}, Start: []int{0, 2, 3},
		Day: []Day{10, 20, 30}, Recorded: []Day{10, 50, 30}, Orders: []int32{1, 1, 1},
		Bought: []int64{5, 6, 7}, Credited: []int64{0, 0, 0}, Goods: []int32{1, 1, 1}, Returns: []int32{0, 0, 0},
		Kinds: Kinds{First: []int{0, 1, 1}, Category: []int32{4}, Start: []int{0, 2}, Day: []Day{10, 20}, Bought: []int64{5, 6}},
	}
	past := h.Until(25)
	if len(past.Day) != 1 || past.Day[0] != 10 || past.Start[1] != 1 || past.Start[2] != 1 {
		t.Errorf("by day 25 there are the visits %v, %v", past.Start, past.Day)
	}
	if len(past.Kinds.Day) != 2 {
		t.Errorf("by day 25 the category was bought on %v", past.Kinds.Day)
	}
}

func TestEvidenceComesBackAsItWent(t *testing.T) {
	e := Evidence{Facts: []Fact{{Name: "gap", Number: 31, Day: NoDay}, {Name: "last", Day: 0}}, Rows: []Row{{Table: "orders", ID: "F-1", Day: NoDay}}}
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	var back Evidence
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if back.Facts[0] != e.Facts[0] || back.Facts[1] != e.Facts[1] || back.Rows[0] != e.Rows[0] {
		t.Errorf("%s came back as %+v", b, back)
	}
}

func TestErrorsCarryKindAndHint(t *testing.T) {
	err := error(&Error{Kind: NotFound, Say: "no customer", Err: &Error{Kind: Invalid, Hint: "look it up"}})
	if KindOf(err) != NotFound || HintOf(err) != "look it up" {
		t.Errorf("kind %v, hint %q", KindOf(err), HintOf(err))
	}
}

func TestRoleMay(t *testing.T) {
	roles := Roles()
	for i, own := range roles {
		for j, other := range roles {
			if got := own.May(other); got != (i >= j) {
				t.Errorf("%s may what %s may: %v", own, other, got)
			}
		}
		if own.May("king") || Role("").May(own) || Role("king").May(own) {
			t.Errorf("a role that does not exist is obeyed beside %s", own)
		}
	}
}
