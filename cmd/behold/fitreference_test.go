package main

import (
	"encoding/json"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"behold/internal/realdata"
)

// referenceFile reads one of the files of reference results.
func referenceFile(t *testing.T, path string, into any) {
	t.Helper()
	raw, err := os.ReadFile(realdata.Path(t, path))
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Every data set of repeat buying that other libraries were run on gives their
// optimum, counted from its transactions, with the standard errors.
func TestFitReferenceBuyers(t *testing.T) {
	var want struct {
		Datasets map[string]struct {
			File   string
			CalEnd string `json:"cal_end"`
			Unit   string
			N      float64 `json:"n_customers"`
			Fits   map[string]struct {
				Params, SE map[string]float64
				LogLik     float64
				Holdout    struct {
					Total float64 `json:"predicted_total"`
				}
			}
		}
	}
	referenceFile(t, "reference/btyd.json", &want)
	models := map[string]string{"bgnbd": "bgnbd", "mbgnbd": "mbgnbd", "pnbd": "paretonbd", "mbgcnbd_k": "mbgcnbdk", "gamma_gamma": "gammagamma"}
	for _, name := range slices.Sorted(maps.Keys(want.Datasets)) {
		set := want.Datasets[name]
		args := []string{realdata.Path(t, "data/"+strings.Fields(set.File)[0])}
		if name != "cdnow_summary" {
			args = append(args, "--until", set.CalEnd, "--period", strings.Fields(set.Unit)[0])
		}
		for theirs, ref := range set.Fits {
			ours, known := models[theirs]
			if !known {
				continue
			}
			r := fitted1(t, append([]string{ours}, args...)...)
			if off := float64(r.LogLikelihood) - ref.LogLik; off < -1e-5 || off > 1e-3 || !r.Converged {
				t.Errorf("%s, %s: log-likelihood %v, reference %v", name, ours, r.LogLikelihood, ref.LogLik)
			}
			if ours != "gammagamma" && float64(r.Customers) != set.N {
				t.Errorf("%s, %s: %v customers, reference %v", name, ours, r.Customers, set.N)
			}
			for param, value := range ref.Params {
				if got, ok := r.Params.get(param); !ok || math.Abs(got-value) > 5e-4*value {
					t.Errorf("%s, %s: %s is %v, reference %v", name, ours, param, got, value)
				}
			}
			for _, e := range r.Estimates {
				if se, ok := ref.SE[e.Name]; ok && (math.Abs(float64(e.StdErr)-se) > 2e-3*se || !(e.Low < e.Value && e.Value < e.High)) {
					t.Errorf("%s, %s: standard error of %s %v, reference %v", name, ours, e.Name, e.StdErr, se)
				}
			}
		}
	}
}

// R's Cox regressions: with strata, with rows left out, with customers in
// several rows (start, stop); and its Kaplan-Meier with late entry.
func TestFitReferenceStays(t *testing.T) {
	type cox struct {
		Coef, SE            map[string]float64
		LogLik, Concordance float64
	}
	var want struct {
		Survival struct {
			Rossi struct {
				Cox struct {
					PH struct{ ChiSq map[string]float64 } `json:"ph_test_rank"`
				} `json:"cox_efron"`
				Strata cox `json:"cox_strata_wexp"`
			}
			Lung, Larynx struct {
				Cox cox `json:"cox_efron"`
			}
			Heart struct {
				Cox cox `json:"cox_time_varying_efron"`
			} `json:"stanford_heart"`
			Cohort struct {
				KM struct{ Time, Surv []float64 } `json:"km_left_truncated"`
			} `json:"multicenter_aids_cohort"`
		}
	}
	referenceFile(t, "reference/survival.json", &want)
	s := want.Survival
	for _, c := range []struct {
		cox
		customers float64
		args      []string
	}{
		{s.Rossi.Strata, 432, []string{"rossi.csv", "--column", "duration=week,event=arrest,stratum=wexp"}},
		{s.Lung.Cox, 227, []string{"lung.csv", "--use", "age,sex,ph.ecog"}},
		{s.Larynx.Cox, 90, []string{"larynx.csv"}},
		{s.Heart.Cox, 103, []string{"stanford_heart.csv"}},
	} {
		r := fitted1(t, append([]string{"cox", realdata.Path(t, "data/"+c.args[0])}, c.args[1:]...)...)
		if math.Abs(float64(r.LogLikelihood)-c.LogLik) > 1e-6 || math.Abs(float64(*r.Concordance)-c.Concordance) > 1e-9 || float64(r.Customers) != c.customers {
			t.Errorf("%v: %v of %v customers, concordance %v; reference %v, %v", c.args, r.LogLikelihood, r.Customers, *r.Concordance, c.LogLik, c.Concordance)
		}
		if len(r.Estimates) != len(c.Coef) {
			t.Errorf("%v: %d coefficients, reference %d", c.args, len(r.Estimates), len(c.Coef))
		}
		for _, e := range r.Estimates {
			if math.Abs(float64(e.Value)-c.Coef[e.Name]) > 1e-6 || math.Abs(float64(e.StdErr)-c.SE[e.Name]) > 1e-6 {
				t.Errorf("%v: %s %v (%v), reference %v (%v)", c.args, e.Name, e.Value, e.StdErr, c.Coef[e.Name], c.SE[e.Name])
			}
		}
	}
	proportional := fitted1(t, "cox", realdata.Path(t, "data/rossi.csv"), "--column", "duration=week,event=arrest").Tests
	for _, test := range proportional {
		if ref, ok := s.Rossi.Cox.PH.ChiSq[strings.Replace(strings.TrimPrefix(test.Name, "proportional "), "proportional", "GLOBAL", 1)]; ok && math.Abs(float64(test.ChiSquare)-ref) > 1e-6 {
			t.Errorf("rossi: %s %v, reference %v", test.Name, test.ChiSquare, ref)
		}
	}
	if len(proportional) != 11 {
		t.Errorf("rossi: %d tests, want 3 of the fit and 8 of its ratios", len(proportional))
	}
	rows := predicted(t, "km", realdata.Path(t, "data/multicenter_aids_cohort.csv"), "--column", "entry=W,event=D")
	if len(rows)-1 != len(s.Cohort.KM.Surv) {
		t.Fatalf("%d times, reference %d", len(rows)-1, len(s.Cohort.KM.Surv))
	}
	for i, share := range s.Cohort.KM.Surv {
		near(t, rows[i+1][4], share)
	}
}

// Ranges from customers drawn anew lie near those from the curvature, and the
// same seed gives the same.
func TestFitResamples(t *testing.T) {
	sample := realdata.Path(t, "data/cdnow_summary.csv")
	for _, args := range [][]string{{"bgnbd", sample}, {"gammagamma", sample}, {"sbg", contracts(t)}} {
		args = append(args, "--resamples", "100", "--seed", "7")
		r, again := fitted1(t, args...), fitted1(t, args...)
		if len(r.Resampled) != len(r.Estimates) {
			t.Fatalf("%v: %d of %d ranges", args, len(r.Resampled), len(r.Estimates))
		}
		for i, e := range r.Resampled {
			plain := r.Estimates[i]
			if other := again.Resampled[i]; e.Low != other.Low || e.High != other.High {
				t.Errorf("%v: %s is %+v, then %+v", args, e.Name, e, again.Resampled[i])
			}
			if ratio := math.Log(float64(e.High/e.Low)) / math.Log(float64(plain.High/plain.Low)); !(ratio > .6 && ratio < 1.6) {
				t.Errorf("%v: %s from %v to %v, from the curvature %v to %v", args, e.Name, e.Low, e.High, plain.Low, plain.High)
			}
		}
	}
	rows := predicted(t, "sbg", file(t, "steady.csv", "period,active\n0,1000\n1,800\n2,640\n3,512\n"), "--horizon", "2")
	if low, err := strconv.ParseFloat(rows[6][2], 64); err != nil || !(low > .2 && low < .3277) {
		t.Errorf("at the edge the range is from customers drawn anew: %v", rows[6])
	}
}
