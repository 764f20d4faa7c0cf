package survival

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"testing"
)

type coxReference struct {
	Ties          string             `json:"ties"`
	Coef          map[string]float64 `json:"coef"`
	SE            map[string]float64 `json:"se"`
	Null          float64            `json:"loglik_null"`
	LogLik        float64            `json:"loglik"`
	Score         float64            `json:"score"`
	Wald          float64            `json:"wald"`
	LR            float64            `json:"lr"`
	Concordance   float64            `json:"concordance"`
	ConcordanceSE float64            `json:"concordance_se"`
	N             int                `json:"n"`
	Events        float64            `json:"events"`
	Baseline      *struct {
		Time   []float64 `json:"time"`
		Hazard []float64 `json:"cumhaz"`
	} `json:"baseline_cumhaz_at"`
	Check struct {
		ChiSquare map[string]float64 `json:"chisq"`
		P         map[string]float64 `json:"p"`
	} `json:"ph_test_rank"`
	Predicted *struct {
		People   []map[string]json.RawMessage `json:"newdata"`
		Times    []float64                    `json:"times"`
		Survival [][]float64                  `json:"surv"`
	} `json:"predicted_survival"`
}

// A coxSet is a data set with the columns its references use.
type coxSet struct {
	stays   []Stay
	names   []string
	columns [][]float64
}

func (s *coxSet) add(name string, column []float64) {
	s.names, s.columns = append(s.names, name), append(s.columns, column)
}

// rows leaves out those with a gap, and the column left out.
func (s *coxSet) rows(leaveOut string) (rows []Row, names []string) {
	for j, name := range s.names {
		if name != leaveOut {
			names = append(names, s.names[j])
		}
	}
	for i, stay := range s.stays {
		row, whole := Row{Stay: stay}, true
		for j, column := range s.columns {
			if s.names[j] == leaveOut {
				continue
			}
			row.X = append(row.X, column[i])
			whole = whole && !math.IsNaN(column[i])
		}
		if whole {
			rows = append(rows, row)
		}
	}
	return rows, names
}

func coxSetOf(t testing.TB, name string) *coxSet {
	set := &coxSet{}
	take := func(tab table, names ...string) {
		for _, n := range names {
			set.add(n, tab.numbers(t, n))
		}
	}
	switch name {
	case "rossi":
		set.stays = staysOf(t, name)
		take(readTable(t, "rossi.csv"), "fin", "age", "race", "wexp", "mar", "paro", "prio")
	case "lung":
		set.stays = staysOf(t, name)
		take(readTable(t, "lung.csv"), "age", "sex", "ph.ecog")
	case "larynx":
		set.stays = staysOf(t, name)
		take(readTable(t, "larynx.csv"), "age", "Stage_II", "Stage_III", "Stage_IV")
	case "gbsg2":
		tab := readTable(t, "gbsg2.csv")
		set.stays = staysOf(t, name)
		set.add("horTh", tab.is("horTh", "yes"))
		take(tab, "age")
		set.add("menostat", tab.is("menostat", "Post"))
		take(tab, "tsize")
		set.add("grade2", tab.is("tgrade", "II"))
		set.add("grade3", tab.is("tgrade", "III"))
		take(tab, "pnodes", "progrec", "estrec")
	case "stanford_heart":
		tab := readTable(t, "stanford_heart.csv")
		set.stays = tab.stays(t, "stop", "event")
		for i, start := range tab.numbers(t, "start") {
			set.stays[i].Entry = start
		}
		take(tab, "age", "year", "surgery", "transplant")
	case "telco":
		set.telco(t)
	}
	return set
}

func (s *coxSet) telco(t testing.TB) {
	tab, stays := telco(t)
	s.stays = stays
	s.add("one_year", tab.is("Contract", "One year"))
	s.add("two_year", tab.is("Contract", "Two year"))
	s.add("fiber", tab.is("InternetService", "Fiber optic"))
	s.add("no_internet", tab.is("InternetService", "No"))
	s.add("echeck", tab.is("PaymentMethod", "Electronic check"))
	s.add("senior", tab.numbers(t, "SeniorCitizen"))
	s.add("partner", tab.is("Partner", "Yes"))
	s.add("dependents", tab.is("Dependents", "Yes"))
	s.add("paperless", tab.is("PaperlessBilling", "Yes"))
	monthly := tab.numbers(t, "MonthlyCharges")
	for i := range monthly {
		monthly[i] /= 10
	}
	s.add("monthly", monthly)
}

// coxCases are the ten fits of R survival 3.5-3 in the reference.
func coxCases() [][2]string {
	return [][2]string{
		{"rossi", "cox_efron"}, {"rossi", "cox_breslow"}, {"rossi", "cox_strata_wexp"},
		{"lung", "cox_efron"}, {"gbsg2", "cox_efron"}, {"gbsg2", "cox_breslow"}, {"larynx", "cox_efron"},
		{"stanford_heart", "cox_time_varying_efron"}, {"telco", "cox_efron"}, {"telco", "cox_breslow"},
	}
}

func coxCase(t testing.TB, c [2]string) (rows []Row, opt CoxOptions, want coxReference) {
	reference(t, &want, "survival", c[0], c[1])
	set := coxSetOf(t, c[0])
	leaveOut := ""
	if c[1] == "cox_strata_wexp" {
		leaveOut = "wexp"
		for i, w := range set.columns[slices.Index(set.names, "wexp")] {
			set.stays[i].Stratum = fmt.Sprint(w)
		}
	}
	rows, opt.Names = set.rows(leaveOut)
	if want.Ties == "breslow" {
		opt.Ties = Breslow
	}
	return rows, opt, want
}

func TestFitCox_R(t *testing.T) {
	for _, c := range coxCases() {
		rows, opt, want := coxCase(t, c)
		got, err := FitCox(rows, opt)
		if err != nil {
			t.Fatal(err)
		}
		for _, co := range got.Coefficients {
			near(t, co.Value, want.Coef[co.Name], 1e-6, c, "β", co.Name)
			near(t, co.StdErr, want.SE[co.Name], 1e-6, c, "se", co.Name)
		}
		near(t, got.LogLikelihood0, want.Null, 1e-6, c, "ln L at 0")
		near(t, got.LogLikelihood, want.LogLik, 1e-6, c, "ln L")
		near(t, got.Score.ChiSquare, want.Score, 1e-6, c, "score")
		nearly(t, got.Wald.ChiSquare, want.Wald, 1e-6, c, "Wald")
		near(t, got.LikelihoodRatio.ChiSquare, want.LR, 1e-6, c, "LR")
		near(t, got.Concordance.Share, want.Concordance, 1e-9, c, "concordance")
		near(t, got.Concordance.StdErr, want.ConcordanceSE, 1e-9, c, "se of concordance")
		near(t, float64(got.N), float64(want.N), 0, c, "n")
		near(t, got.Left, want.Events, 0, c, "left")
		checkPredictions(t, c, got, want)
	}
}

func checkPredictions(t *testing.T, c [2]string, got *Cox, want coxReference) {
	t.Helper()
	if want.Baseline != nil {
		for i, at := range want.Baseline.Time {
			p, err := got.Predict(nil, "", at)
			if err != nil {
				t.Fatal(err)
			}
			nearly(t, p.Hazard, want.Baseline.Hazard[i], 1e-6, c, "baseline", at)
		}
	}
	if want.Predicted == nil {
		return
	}
	for who, person := range want.Predicted.People {
		var x []float64
		for _, co := range got.Coefficients {
			var v float64
			if err := json.Unmarshal(person[co.Name], &v); err != nil {
				t.Fatal(err)
			}
			x = append(x, v)
		}
		for i, at := range want.Predicted.Times {
			p, err := got.Predict(x, "", at)
			if err != nil {
				t.Fatal(err)
			}
			near(t, p.Survival, want.Predicted.Survival[i][who], 1e-6, c, "S of", who, "at", at)
			if !(0 < p.Range.Low && p.Range.Low < p.Survival && p.Survival < p.Range.High && p.Range.High < 1) {
				t.Errorf("%v: %v", c, p)
			}
		}
	}
}

func TestCheckProportional_R(t *testing.T) {
	for _, c := range coxCases() {
		rows, opt, want := coxCase(t, c)
		fit, err := FitCox(rows, opt)
		if err != nil {
			t.Fatal(err)
		}
		got, err := CheckProportional(rows, opt, fit, ByRank)
		if err != nil {
			t.Fatal(err)
		}
		for j, co := range fit.Coefficients {
			nearly(t, got.Columns[j].ChiSquare, want.Check.ChiSquare[co.Name], 1e-6, c, co.Name)
			nearly(t, got.Columns[j].P, want.Check.P[co.Name], 1e-5, c, co.Name, "p")
		}
		nearly(t, got.Global.ChiSquare, want.Check.ChiSquare["GLOBAL"], 1e-6, c, "all")
		nearly(t, got.Global.P, want.Check.P["GLOBAL"], 1e-5, c, "all p")
	}
}

// lifelines 0.30.1 with penalizer 0.1: its objective is ln L/n − 0.05 Σ β²sd²
// (sd with n − 1), so its prior has the variance 1/(0.1·n·sd²).
func TestFitCoxPrior_lifelines(t *testing.T) {
	var want struct{ Coef map[string]float64 }
	reference(t, &want, "lifelines_cross_check", "rossi_ridge", "ridge_penalizer_0.1")
	rows, names := coxSetOf(t, "rossi").rows("")
	opt := CoxOptions{Names: names}
	n := float64(len(rows))
	for j := range names {
		sum, squares := 0.0, 0.0
		for _, r := range rows {
			sum += r.X[j]
			squares += r.X[j] * r.X[j]
		}
		opt.Prior = append(opt.Prior, 1/math.Sqrt(0.1*n*(squares-sum*sum/n)/(n-1)))
	}
	got, err := FitCox(rows, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, co := range got.Coefficients {
		near(t, co.Value, want.Coef[co.Name], 1e-5, co.Name)
	}
}
