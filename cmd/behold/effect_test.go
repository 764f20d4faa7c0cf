package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"behold/internal/realdata"
)

// An effectRow is what behold effect prints, read again.
type effectRow struct {
	Arm         string
	N           int
	NControl    int `json:"n_control"`
	Difference  float64
	Low, High   *float64
	Level       float64
	Method      string
	Verdict     string
	Mean        float64
	MeanControl float64 `json:"mean_control"`
	Share       float64
	Gain        float64
	Caveats     []caveat
}

func effectRows(t *testing.T, code int, args ...string) []effectRow {
	t.Helper()
	s := must(t, code, t.TempDir(), append([]string{"effect", "--format", "json"}, args...)...)
	var list []effectRow
	if err := json.Unmarshal([]byte(s.out), &list); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, s.out)
	}
	return list
}

// Kevin Hillstrom's campaign (2008): visits 18.3, 15.1 and 10.6 %, conversions
// 1.25, 0.88 and 0.57 %, spend 1.42, 1.08 and 0.65.
func TestEffect_Hillstrom(t *testing.T) {
	data := realdata.Path(t, "data/hillstrom_email.csv.gz")
	for _, c := range []struct {
		outcome         string
		mens, womens    float64
		rounded         float64
		method          string
		mensLow, mensHi float64 // difference ± 1.96 standard errors, rounded
	}{
		{"visit", .183 - .106, .151 - .106, .001, "newcombe", .0699, .0832},
		{"conversion", .0125 - .0057, .0088 - .0057, .0001, "newcombe", .0050, .0086},
		{"spend", 1.42 - .65, 1.08 - .65, .01, "welch", .485, 1.055},
	} {
		list := effectRows(t, exitDone, data, "--arm", "segment", "--outcome", c.outcome, "--control", "No E-Mail")
		if len(list) != 2 || list[0].Arm != "Mens E-Mail" || list[0].N != 21307 || list[0].NControl != 21306 || list[1].N != 21387 {
			t.Fatalf("%s: %+v", c.outcome, list)
		}
		for i, want := range []float64{c.mens, c.womens} {
			if r := list[i]; math.Abs(r.Difference-want) > c.rounded || r.Verdict != "helps" || r.Method != c.method || len(r.Caveats) > 0 {
				t.Errorf("%s: %+v, want %v", c.outcome, r, want)
			}
		}
		if math.Abs(*list[0].Low-c.mensLow) > c.rounded/2 || math.Abs(*list[0].High-c.mensHi) > c.rounded/2 {
			t.Errorf("%s: %v to %v, want %v to %v", c.outcome, *list[0].Low, *list[0].High, c.mensLow, c.mensHi)
		}
		adjusted := effectRows(t, exitDone, data, "--arm", "segment", "--outcome", c.outcome, "--covariates", "recency,history,mens,womens,zip_code,newbie,channel")
		if a, plain := adjusted[0], list[0]; a.Method != "lin" || *a.High-*a.Low > 1.001*(*plain.High-*plain.Low) || a.Difference < *plain.Low || a.Difference > *plain.High {
			t.Errorf("%s: adjusted %+v of %+v", c.outcome, a, plain)
		}
	}
}

// docs/statistics.md shows what behold effect prints of the campaign.
func TestEffectPage_Hillstrom(t *testing.T) {
	page, err := os.ReadFile("../../docs/statistics.md")
	if err != nil {
		t.Fatal(err)
	}
	data := realdata.Path(t, "data/hillstrom_email.csv.gz")
	form := map[string]string{"visit": "%.2f", "conversion": "%.2f", "spend": "%.2f"}
	for _, outcome := range []string{"visit", "conversion", "spend"} {
		for _, r := range effectRows(t, exitDone, data, "--arm", "segment", "--outcome", outcome) {
			unit := 100.0 // per cent
			if outcome == "spend" {
				unit = 1
			}
			shown := func(v float64) string { return fmt.Sprintf(form[outcome], unit*v) }
			row := fmt.Sprintf("| %s | %s | %s | %s | %s | %s to %s |", r.Arm, outcome, shown(r.Mean), shown(r.MeanControl), shown(r.Difference), shown(*r.Low), shown(*r.High))
			if !strings.Contains(string(page), row) {
				t.Errorf("docs/statistics.md lacks %s", row)
			}
		}
	}
}

// The curve of the women's mail: it begins at nothing, ends at the effect on all,
// and half of the customers, well chosen, bring much more than half of it.
func TestEffectQini_Hillstrom(t *testing.T) {
	data := realdata.Path(t, "data/hillstrom_email.csv.gz")
	list := effectRows(t, exitDone, data, "--arm", "segment", "--outcome", "visit", "--covariates", "recency,history,mens,womens,newbie", "--qini")
	if len(list) != 22 {
		t.Fatalf("%d rows", len(list))
	}
	womens := list[11:]
	if first, half, last := womens[0], womens[5], womens[10]; first.Gain != 0 || math.Abs(last.Gain-.045) > .006 || half.Gain < .7*last.Gain || last.Verdict != "pays" {
		t.Errorf("%+v, %+v, %+v", first, half, last)
	}
}

// The same experiment as CSV with semicolons and decimal commas, with words for
// outcomes and arms, and as a workbook, gives the same row.
func TestEffectFiles(t *testing.T) {
	var plain, danish strings.Builder
	plain.WriteString("arm,result\n")
	danish.WriteString("Gruppe;Resultat\n")
	book := excelize.NewFile()
	defer book.Close()
	cells := [][2]any{{"arm", "result"}}
	for i := range 200 {
		arm, value := []string{"control", "call"}[i%2], float64(i%7)/2+float64(i%2)
		plain.WriteString(arm + "," + strconv.FormatFloat(value, 'f', 2, 64) + "\n")
		danish.WriteString(" " + strings.ToUpper(arm) + " ;" + strings.Replace(strconv.FormatFloat(value, 'f', 2, 64), ".", ",", 1) + "\n")
		cells = append(cells, [2]any{arm, value})
	}
	for i, row := range cells {
		if err := book.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &[]any{row[0], row[1]}); err != nil {
			t.Fatal(err)
		}
	}
	xlsx := filepath.Join(t.TempDir(), "a.xlsx")
	if err := book.SaveAs(xlsx); err != nil {
		t.Fatal(err)
	}
	want := effectRows(t, exitDone, file(t, "a.csv", plain.String()), "--arm", "arm", "--outcome", "result")[0]
	if want.N != 100 || want.Verdict != "helps" || want.Method != "welch" || math.Abs(want.Difference-1) > .1 {
		t.Errorf("%+v", want)
	}
	for _, args := range [][]string{{file(t, "b.csv", danish.String()), "--arm", "gruppe", "--outcome", "RESULTAT"}, {xlsx, "--arm", "arm", "--outcome", "result"}} {
		if got := effectRows(t, exitDone, args...)[0]; got.Difference != want.Difference || *got.Low != *want.Low || *got.High != *want.High {
			t.Errorf("%v: %+v, want %+v", args, got, want)
		}
	}
	less := effectRows(t, exitDone, xlsx, "--arm", "arm", "--outcome", "result", "--better", "less", "--level", "0.9")[0]
	if less.Verdict != "harms" || less.Level != .9 || *less.High-*less.Low >= *want.High-*want.Low {
		t.Errorf("%+v", less)
	}
}

// Rows that say too little are left out and told; who is left may not be alike.
func TestEffectMissing(t *testing.T) {
	var text strings.Builder
	text.WriteString("arm,kept\n,1\n")
	for i := range 400 {
		arm, kept := []string{"none", "call"}[i%2], []string{"no", "yes"}[i/2%2]
		if i%2 == 1 && i%5 == 0 {
			kept = "NA"
		}
		text.WriteString(arm + "," + kept + "\n")
	}
	path := file(t, "a.csv", text.String())
	list := effectRows(t, exitRejected, path, "--arm", "arm", "--outcome", "kept")
	if r := list[0]; r.N != 160 || r.NControl != 200 || r.Method != "newcombe" || len(r.Caveats) != 1 || r.Caveats[0].Code != "missing-unlike" {
		t.Errorf("%+v", r)
	}
	s := must(t, exitRejected, t.TempDir(), "effect", path, "--arm", "arm", "--outcome", "kept", "--format", "csv")
	for _, says := range []string{"1 row was left out, in which arm is empty", "40 rows were left out, in which kept is empty", "not alike"} {
		if !strings.Contains(s.err, says) {
			t.Errorf("no %q in %s", says, s.err)
		}
	}
	if !strings.HasPrefix(s.out, "arm,n,n_control,difference,low,high,level,method,verdict,") {
		t.Error(s.out)
	}
}

// Tiny arms and outcomes that do not vary have an answer that claims nothing.
func TestEffectTooLittle(t *testing.T) {
	for name, c := range map[string]struct{ text, code string }{
		"one in an arm":        {"a,y\n0,1.5\n0,2.5\n0,3\n1,9\n", "no-range"},
		"constant":             {"a,y\n0,5\n0,5\n0,5\n1,5\n1,5\n", "no-spread"},
		"constant in each arm": {"a,y\n0,5\n0,5\n0,5\n1,7\n1,7\n", "no-spread"},
		"nobody ever":          {"a,y\n0,0\n0,0\n0,0\n1,0\n1,0\n", "few-events"},
		"one of each":          {"a,y\n0,0\n1,1\n", "few-treated"},
	} {
		list := effectRows(t, exitDone, file(t, "a.csv", c.text), "--arm", "a", "--outcome", "y")
		found := false
		for _, caveat := range list[0].Caveats {
			found = found || caveat.Code == c.code
			if caveat.Says == "" || caveat.Says == caveat.Code {
				t.Errorf("%s: %s says nothing", name, caveat.Code)
			}
		}
		if !found || list[0].Verdict != "not proven" {
			t.Errorf("%s: %+v", name, list[0])
		}
	}
}

func TestEffectRefuses(t *testing.T) {
	good := "arm,y,x\ncontrol,1,2\ncall,0,3\n"
	for name, c := range map[string]struct {
		text string
		code int
		args []string
		says string
	}{
		"no such column":      {good, exitFailed, []string{"--arm", "group", "--outcome", "y"}, "has no column group; its columns are arm, y, x"},
		"control not found":   {good, exitFailed, []string{"--arm", "arm", "--outcome", "y", "--control", "nobody"}, `one of "call", "control"`},
		"control not named":   {"arm,y\na,1\nb,0\n", exitFailed, []string{"--arm", "arm", "--outcome", "y"}, "which arm is the control?"},
		"two controls":        {"arm,y\nnone,1\ncontrol,0\n", exitFailed, []string{"--arm", "arm", "--outcome", "y"}, "which arm is the control?"},
		"one arm":             {"arm,y\ncontrol,1\ncontrol,0\n", exitFailed, []string{"--arm", "arm", "--outcome", "y"}, "has 1 arm: there is nothing to compare"},
		"words as outcome":    {"arm,y\ncontrol,1\ncall,maybe\n", exitFailed, []string{"--arm", "arm", "--outcome", "y"}, `line 3, column y: "maybe" is no number`},
		"nothing came":        {"arm,y\ncontrol,1\ncall,\n", exitFailed, []string{"--arm", "arm", "--outcome", "y"}, "of arm call no outcome is known"},
		"same column":         {good, exitUsage, []string{"--arm", "y", "--outcome", "Y"}, "the same column"},
		"outcome foresees":    {good, exitUsage, []string{"--arm", "arm", "--outcome", "y", "--covariates", "y"}, "the arm or the outcome itself"},
		"level of a hundred":  {good, exitUsage, []string{"--arm", "arm", "--outcome", "y", "--level", "95"}, "write 0.95"},
		"curve of nothing":    {good, exitUsage, []string{"--arm", "arm", "--outcome", "y", "--qini"}, "--qini needs --covariates"},
		"covariate not there": {good, exitFailed, []string{"--arm", "arm", "--outcome", "y", "--covariates", "z"}, "has no column z"},
		"curve of two":        {good, exitFailed, []string{"--arm", "arm", "--outcome", "y", "--covariates", "x", "--qini"}, "too few"},
		"empty":               {"", exitFailed, []string{"--arm", "arm", "--outcome", "y"}, "is empty"},
	} {
		s := must(t, c.code, t.TempDir(), append([]string{"effect", file(t, "a.csv", c.text)}, c.args...)...)
		if !strings.Contains(s.err, c.says) || !strings.Contains(s.err, "hint:") {
			t.Errorf("%s: no %q in %s", name, c.says, s.err)
		}
	}
	many := "arm,y\n"
	for i := range 60 {
		many += strconv.Itoa(i) + ",1\n"
	}
	if s := must(t, exitFailed, t.TempDir(), "effect", file(t, "a.csv", many), "--arm", "arm", "--outcome", "y"); !strings.Contains(s.err, "more than 50 different values") {
		t.Error(s.err)
	}
}
