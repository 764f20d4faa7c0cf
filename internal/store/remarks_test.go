package store

import (
	"slices"
	"testing"
	"time"

	"behold"
)

func readOne(row string, reason behold.Reason, sure bool) behold.RemarkRead {
	return behold.RemarkRead{
		RemarkText: behold.RemarkText{RemarkKey: behold.RemarkKey{Customer: "K-1", Table: behold.TableTickets, Row: row}, Body: "words of " + row, Language: "da"},
		Reading:    behold.RemarkReading{Model: "m1", Language: "da", Likely: []behold.ReasonChance{{Reason: reason, Chance: .7}}, Sure: sure, Complaint: .8},
	}
}

// A round keeps what it read and asks once a week; one that read nothing leaves it.
func TestRemarksOfARound(t *testing.T) {
	s := open(t)
	save := func(on behold.Day, week behold.Day, read ...behold.RemarkRead) {
		t.Helper()
		r := &behold.Round{Day: on, Read: read}
		for i, one := range read {
			r.Asks = append(r.Asks, behold.RemarkAsk{RemarkRead: one, Week: week, Place: i + 1, Why: behold.LabelRandom, Hidden: i == 0})
		}
		if err := s.SaveRound(t.Context(), r, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	monday := behold.Date(2026, 3, 2)
	save(day1, monday, readOne("a", behold.Quality, true), readOne("b", behold.Quality, false), readOne("b", behold.Quality, false))
	save(day2, monday, readOne("c", behold.Moved, true))
	save(day2, monday)
	asks, err := s.RemarkAsks(t.Context())
	if err != nil || len(asks) != 3 || asks[0].Row != "a" || asks[0].Body != "words of a" || !asks[0].Hidden || asks[1].Hidden || asks[0].Why != behold.LabelRandom || asks[0].Week != monday {
		t.Errorf("a week was asked for %+v, %v", asks, err)
	}
	sums, model, err := s.RemarkSums(t.Context())
	if err != nil || model != "m1" || !slices.Equal(sums, []behold.RemarkSum{{Reason: behold.Moved, Language: "da", Remarks: 1, Complain: 1}}) {
		t.Errorf("the last round read %+v by %s, %v", sums, model, err)
	}
	save(day2, monday+7, readOne("d", behold.Moved, true))
	if asks, err = s.RemarkAsks(t.Context()); err != nil || len(asks) != 1 || asks[0].Row != "d" {
		t.Errorf("the next week asks for %+v, %v", asks, err)
	}
}

// A correction is kept once, is taken back once, and never leaves the list.
func TestCorrections(t *testing.T) {
	s := open(t)
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	c := behold.Correction{ID: "f1", RemarkKey: behold.RemarkKey{Customer: "K-1", Table: behold.TableTickets, Row: "a"}, Text: "words", Reason: behold.Quality,
		Why: behold.LabelRandom, Hidden: true, Who: "mette@firma.dk", Saved: at, Reading: readOne("a", behold.Moved, true).Reading}
	word := behold.Correction{ID: "f2", Word: "tak", Reason: behold.Quality, Who: "ole@firma.dk", Saved: at.Add(time.Minute)}
	for _, one := range []behold.Correction{c, c, word} {
		if err := s.SaveCorrection(t.Context(), &one); err != nil {
			t.Fatal(err)
		}
	}
	for name, bad := range map[string]behold.Correction{
		"no form": {Word: "x", Reason: behold.Quality}, "no reason": {ID: "x", Word: "x", Reason: "because"},
		"no text": {ID: "x", Reason: behold.Quality}, "a word for nothing": {ID: "x", Word: "x", Reason: behold.UnknownReason},
	} {
		if err := s.SaveCorrection(t.Context(), &bad); behold.KindOf(err) != behold.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range 2 {
		if err := s.TakeBackCorrection(t.Context(), "f1", "ole@firma.dk", at.Add(time.Duration(i+1)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.TakeBackCorrection(t.Context(), "f9", "ole@firma.dk", at); behold.KindOf(err) != behold.NotFound {
		t.Errorf("what is not there was taken back: %v", err)
	}
	list, err := s.Corrections(t.Context())
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	got := list[0]
	if got.ID != "f1" || got.Text != "words" || got.Reason != behold.Quality || got.Why != behold.LabelRandom || !got.Hidden || got.Customer != "K-1" || got.Reading.Model != "m1" ||
		got.Who != "mette@firma.dk" || !got.Saved.Equal(at) || got.GoneBy != "ole@firma.dk" || !got.Gone.Equal(at.Add(time.Hour)) {
		t.Errorf("kept is %+v", got)
	}
	if list[1].Word != "tak" || !list[1].Gone.IsZero() {
		t.Errorf("kept is %+v", list[1])
	}
}
