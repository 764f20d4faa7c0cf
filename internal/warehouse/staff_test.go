package warehouse

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"behold"
)

// The file of colleagues as it is now: a later row of a colleague counts.
func TestStaff(t *testing.T) {
	w := open(t)
	if list, err := w.Staff(t.Context()); err != nil || len(list) != 0 {
		t.Fatalf("%v, %v", list, err)
	}
	loadRecords(t, w, recordsReceipt(behold.TableColleagues, "a.csv"), "colleague=Ida@x.example name=Ida team=North hours_per_week=30", "colleague=bo@x.example")
	loadRecords(t, w, recordsReceipt(behold.TableColleagues, "b.csv"), "colleague=Ida@x.example name=Ida team=North hours_per_week=18.5")
	list, err := w.Staff(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []behold.Colleague{{Email: "bo@x.example"}, {Email: "ida@x.example", Name: "Ida", Team: "North", Hours: 18.5}}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Error(diff)
	}
}
