package round

import (
	"testing"

	"behold"
	"behold/internal/text"
)

// Remarks come back read, those in the same words alike and those without words
// as saying nothing.
func TestReadRemarks(t *testing.T) {
	remarks := []behold.Remark{
		{ID: 1, Body: "Vi har skiftet til en anden leverandør"}, {ID: 2, Body: "Maskinen er defekt, og kvaliteten er elendig"},
		{ID: 3, Body: "Maskinen er defekt, og kvaliteten er elendig"}, {ID: 4, Body: "Tak for et godt samarbejde"}, {ID: 5},
	}
	readRemarks(text.Default, remarks)
	if r := remarks[0]; r.Leaving < .9 || r.Reason != behold.Competitor || r.Sure < .6 {
		t.Errorf("another supplier is read as %+v", r)
	}
	if r := remarks[1]; r.Complaint < .8 || r.Reason != behold.Quality {
		t.Errorf("a broken machine is read as %+v", r)
	}
	if a, b := remarks[1], remarks[2]; a.Complaint != b.Complaint || a.Reason != b.Reason || b.ID != 3 {
		t.Errorf("the same words are read as %+v and %+v", a, b)
	}
	if r := remarks[3]; r.Complaint > .3 || r.Leaving > .3 || r.Sure > 0 && r.Reason == behold.UnknownReason {
		t.Errorf("praise is read as %+v", r)
	}
	if r := remarks[4]; r.Complaint != 0 || r.Leaving != 0 || r.Reason != behold.UnknownReason {
		t.Errorf("nothing is read as %+v", r)
	}
}
