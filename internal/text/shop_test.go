package text

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"behold"
	"behold/internal/sample"
)

// What the customers of the invented shop say when they leave: sentence -> reason.
func shopSays(t *testing.T) map[string]behold.Reason {
	t.Helper()
	dir := t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Customers: 1500, Months: 24, Seed: 3, Until: behold.Date(2025, 6, 30), OrdersPerYear: 4}); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(filepath.Join(dir, "losses.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma = ','
	table, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	reason, detail := slices.Index(table[0], "reason"), slices.Index(table[0], "detail")
	says := map[string]behold.Reason{}
	for _, row := range table[1:] {
		if row[detail] != "" {
			says[row[detail]] = behold.Reason(row[reason])
		}
	}
	return says
}

// The shop's customers speak in sentences that are not among the seeds, and are
// mostly understood; when not, mostly the reading abstains.
func TestShopSays(t *testing.T) {
	m, seeds := Default(), Seeds()
	says := shopSays(t)
	top, family, given, right := 0, 0, 0, 0
	for _, body := range slices.Sorted(mapKeys(says)) {
		want := says[body]
		if slices.ContainsFunc(seeds, func(e Example) bool { return strings.EqualFold(strings.Trim(e.Body, "."), strings.Trim(body, ".")) }) {
			t.Errorf("%q is a seed phrase", body)
		}
		best := behold.ReasonChance{}
		for _, c := range m.Chances(body) {
			if c.Chance > best.Chance {
				best = c
			}
		}
		r := m.Read(body, "da")
		mark := " "
		if best.Reason == want {
			top++
			mark = "+"
		}
		if best.Reason.Family() == want.Family() {
			family++
		}
		if r.Reason != behold.UnknownReason {
			given++
			if r.Reason == want {
				right++
			}
		}
		t.Logf("%s %-20s %-20s %.2f complaint %.2f leaving %.2f praise %.2f %s", mark, want, best.Reason, best.Chance, r.Complaint, r.Leaving, r.Praise, body)
	}
	t.Logf("%d sentences: best one right %d, family %d; given %d, right %d", len(says), top, family, given, right)
	if 10*top < 6*len(says) || 10*right < 8*given {
		t.Errorf("of %d sentences the best reason is right in %d; of %d given %d are right", len(says), top, given, right)
	}
}

func mapKeys(says map[string]behold.Reason) func(func(string) bool) {
	return func(yield func(string) bool) {
		for s := range says {
			if !yield(s) {
				return
			}
		}
	}
}

// What everybody writes is neither a complaint nor a word of leaving.
func TestShopSmallTalk(t *testing.T) {
	m := Default()
	for _, body := range []string{
		"Godt samarbejde.", "Varerne kommer til tiden.", "Fint udvalg.", "Rare mennesker.", "Det går, som det skal.",
		"Spørger til en levering.", "Vil gerne have en varebeskrivelse.", "Ændrer en bestilling.", "Beder om en kopi af fakturaen.",
		"Kan I flytte leveringen til fredag?", "Vi mangler en kopi af følgesedlen.", "Hvornår kommer varen hjem igen?", "Hvordan ændrer vi vores faste ordre?",
	} {
		r := m.Read(body, "da")
		t.Logf("%s %.2f %s complaint %.2f leaving %.2f praise %.2f", r.Reason, r.Sure, body, r.Complaint, r.Leaving, r.Praise)
		if r.Complaint > .6 || r.Leaving > .5 {
			t.Errorf("%q is read as a complaint of %.2f and as leaving by %.2f", body, r.Complaint, r.Leaving)
		}
	}
}
