package text

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"behold"
	"behold/internal/realdata"
)

// A judged is a score of a phrase that was left out of learning, and whether the
// label holds.
type judged struct {
	score float64
	holds bool
}

// leftOut scores the seed phrases, each by a model that saw neither it nor its
// twins in other languages: one phrase in five is left out at a time.
func leftOut() (all []Example, scores [][]float64) {
	all = Seeds()
	scores = make([][]float64, len(all))
	for fold := range 5 {
		var learned []Example
		for _, e := range all {
			if e.Twin%5 != fold {
				learned = append(learned, e)
			}
		}
		c := learn(Labels(), learned, ridge)
		var s scratch
		for i, e := range all {
			if e.Twin%5 == fold {
				s.take(e.Body)
				scores[i] = c.scores(&s, nil)
			}
		}
	}
	return all, scores
}

// of gathers the judged scores of labels, open ones left out.
func of(all []Example, scores [][]float64, labels ...int) []judged {
	var list []judged
	for i, e := range all {
		for _, k := range labels {
			if !slices.Contains(e.Open, Labels()[k]) {
				list = append(list, judged{scores[i][k], slices.Contains(e.Labels, Labels()[k])})
			}
		}
	}
	return list
}

// platt is the temper of what was judged.
func platt(list []judged) temper {
	var odds []float64
	var right []bool
	for _, j := range list {
		odds, right = append(odds, j.score), append(right, j.holds)
	}
	return tempered(odds, right)
}

// auc is the chance that a text of which it holds scores above one of which it
// does not.
func auc(list []judged) float64 {
	slices.SortFunc(list, func(a, b judged) int {
		if a.score < b.score {
			return -1
		}
		return 1
	})
	var sum, yes, no float64
	for i := 0; i < len(list); {
		j, ties := i, 0.0
		for ; j < len(list) && list[j].score == list[i].score; j++ {
			if list[j].holds {
				ties++
			}
		}
		sum += ties*no + ties*(float64(j-i)-ties)/2
		yes, no = yes+ties, no+float64(j-i)-ties
		i = j
	}
	return sum / (yes * no)
}

// The tempers are what phrases that were left out call for, and most of those
// that get a reason get the right one.
func TestTemper(t *testing.T) {
	all, scores := leftOut()
	n := len(Labels()) - 3
	var reasons []int
	for k := range n {
		reasons = append(reasons, k)
	}
	for _, c := range []struct {
		name string
		have temper
		list []judged
	}{
		{"reasons", reasonTemper, of(all, scores, reasons...)}, {Complaint, complaintTemper, of(all, scores, n)},
		{Leaving, leavingTemper, of(all, scores, n+1)}, {Praise, praiseTemper, of(all, scores, n+2)},
	} {
		want := platt(c.list)
		switch c.name {
		case Complaint:
			want.Shift -= seldomComplaint
		case Leaving:
			want.Shift -= seldomLeaving
		}
		t.Logf("%s: slope %.2f shift %.2f, auc %.3f", c.name, want.Slope, want.Shift, auc(c.list))
		if math.Abs(want.Slope-c.have.Slope) > .1 || math.Abs(want.Shift-c.have.Shift) > .15 {
			t.Errorf("%s: phrases that were left out call for %.2f and %.2f, not %.2f and %.2f", c.name, want.Slope, want.Shift, c.have.Slope, c.have.Shift)
		}
	}
	right, given, able, top := 0., 0., 0., 0.
	for i, e := range all {
		best := 0
		for k := range n {
			if scores[i][k] > scores[i][best] {
				best = k
			}
		}
		named := slices.ContainsFunc(e.Labels, func(l Label) bool { return slices.Contains(Labels()[:n], l) })
		holds := slices.Contains(e.Labels, Labels()[best])
		if named {
			able++
			if holds {
				top++
			}
		}
		if reasonTemper.chance(scores[i][best]) >= Sure {
			given++
			if holds {
				right++
			}
		}
	}
	t.Logf("reasons: best one right %.3f; given %.0f of %.0f that have one, right %.3f", top/able, given, able, right/given)
	if right/given < .8 {
		t.Errorf("of reasons given, %.2f are right", right/given)
	}
}

// Languages are told apart in phrases that were left out.
func TestLanguages(t *testing.T) {
	all := Seeds()
	for _, hinted := range []bool{false, true} {
		right := map[string]float64{}
		for fold := range 5 {
			var learned []Example
			for _, e := range all {
				if e.Twin%5 != fold {
					learned = append(learned, e)
				}
			}
			tongues := learnTongues(learned)
			var s scratch
			for _, e := range all {
				if e.Twin%5 == fold && len(e.Body) > 20 {
					s.take(e.Body)
					hint := ""
					if hinted {
						hint = e.Language
					}
					if tongues.guess(s.text, hint) == e.Language {
						right[e.Language]++
					}
					right["n"+e.Language]++
				}
			}
		}
		for _, l := range Languages() {
			t.Logf("hint %v: %s %.3f", hinted, l, right[l]/right["n"+l])
			if right[l]/right["n"+l] < .85 {
				t.Errorf("%s is told in %.2f of phrases", l, right[l]/right["n"+l])
			}
		}
	}
}

// rows reads a table of the real data: one function call a row.
func rows(t *testing.T, name string, columns []string, do func(cells []string)) {
	t.Helper()
	file, err := os.Open(realdata.Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(z)
	r.LazyQuotes = true
	head, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	for {
		row, err := r.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range columns {
			cells = append(cells, row[slices.Index(head, c)])
		}
		do(cells)
	}
}

// The seeds alone rank the complaints of people who never heard of us.
func TestAirline(t *testing.T) {
	m := Default()
	var list, against []judged
	rows(t, "data/airline_tweets_dev.csv.gz", []string{"airline_sentiment", "text"}, func(c []string) {
		r := m.Read(c[1], "en")
		list = append(list, judged{r.Complaint, c[0] == "negative"})
		if c[0] != "neutral" {
			against = append(against, judged{r.Complaint - r.Praise, c[0] == "negative"})
		}
	})
	t.Logf("airline: auc %.3f; negative against positive %.3f", auc(list), auc(against))
	if auc(list) < .7 {
		t.Errorf("complaints of airline passengers rank at %.3f", auc(list))
	}
}

// A mapping of the airlines' reasons to ours, where there is one.
func TestAirlineReasons(t *testing.T) {
	ours := map[string][]behold.Reason{
		"Customer Service Issue": {behold.PoorService, behold.SlowResponse, behold.HardToDealWith}, "Flight Attendant Complaints": {behold.PoorService},
		"Late Flight": {behold.BrokenPromise, behold.SlowResponse}, "Cancelled Flight": {behold.BrokenPromise}, "Flight Booking Problems": {behold.DigitalFell, behold.HardToDealWith},
		"Damaged Luggage": {behold.Quality}, "Bad Flight": {behold.Quality}, "Lost Luggage": {behold.BrokenPromise, behold.Quality}, "longlines": {behold.SlowResponse},
	}
	m := Default()
	given, right, n := 0., 0., 0.
	rows(t, "data/airline_tweets_dev.csv.gz", []string{"negativereason", "text"}, func(c []string) {
		want, known := ours[c[0]]
		if !known {
			return
		}
		n++
		if r := m.Read(c[1], "en"); r.Reason != behold.UnknownReason {
			given++
			if slices.Contains(want, r.Reason) {
				right++
			}
		}
	})
	t.Logf("airline reasons: given for %.3f, right %.3f", given/n, right/given)
}

func TestScandinavian(t *testing.T) {
	m := Default()
	var da, no []judged
	rows(t, "data/danish_valence.csv.gz", []string{"valence", "text"}, func(c []string) {
		if v, err := strconv.Atoi(c[0]); err == nil && v != 9 && v != 0 {
			r := m.Read(c[1], "da")
			da = append(da, judged{r.Complaint - r.Praise, v < 0})
		}
	})
	rows(t, "data/norec_sentence_no.csv.gz", []string{"label", "text"}, func(c []string) {
		if c[0] != "neutral" {
			r := m.Read(c[1], "nb")
			no = append(no, judged{r.Complaint - r.Praise, c[0] == "negative"})
		}
	})
	t.Logf("danish %.3f, norwegian %.3f", auc(da), auc(no))
	if auc(da) < .6 || auc(no) < .6 {
		t.Errorf("negative sentences rank at %.3f in Danish, %.3f in Norwegian", auc(da), auc(no))
	}
}

// Learning is quick, and the same again.
func TestLearnTwice(t *testing.T) {
	begin := time.Now()
	a := Learn(Seeds())
	t.Logf("learned in %v", time.Since(begin))
	b := Learn(Seeds())
	if !slices.Equal(a.words.weight, b.words.weight) {
		t.Error("the same seeds gave other weights")
	}
}

func BenchmarkRead(b *testing.B) {
	m := Default()
	texts := []string{"We have waited three weeks for an answer and nobody calls back.", "Fint udvalg.", "Kan I flytte leveringen til fredag?", "De laatste keer was de doos kapot en niemand wilde ons helpen met een nieuwe."}
	for i := 0; b.Loop(); i++ {
		m.Read(texts[i%len(texts)], "da")
	}
}
