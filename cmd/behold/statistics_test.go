package main

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/integrate/quad"

	"behold/internal/realdata"
	"behold/stat/effect"
	"behold/stat/repurchase"
)

// minus is what stands before a number; hyphens in names stay.
var minus = regexp.MustCompile(`-(\d)`)

var update = flag.Bool("update", false, "draw the pictures of docs/statistics anew")

// A buyingModel is what the three models of the page have in common.
type buyingModel interface {
	LogLikelihoodOf(repurchase.Buyer) float64
	Alive(repurchase.Buyer) float64
	NoPurchase(repurchase.Buyer, float64) float64
	Expected(repurchase.Buyer, float64) float64
}

// A fittedModel is one of them at its optimum on CDNOW.
type fittedModel struct {
	name, key string // as on the page, as in the reference
	buyingModel
	fit repurchase.Fit
}

// What the reference says about CDNOW, as far as the page shows it.
type cdnowReference struct {
	Published []struct {
		Model, Dataset string
		Params         map[string]float64
		LogLik         float64 `json:"loglik"`
	}
	Datasets map[string]struct {
		Fits map[string]struct {
			LogLik  float64 `json:"loglik"`
			Holdout struct {
				Total   float64 `json:"predicted_total"`
				Alive   float64 `json:"auc_no_purchase_by_1_minus_palive"`
				None    float64 `json:"auc_no_purchase_by_p_zero"`
				Few     float64 `json:"auc_no_purchase_by_neg_cet"`
				LogLoss float64 `json:"logloss_no_purchase"`
			}
			Mean float64 `json:"population_mean"`
		}
		Money map[string]struct {
			Total  float64 `json:"predicted_total"`
			Actual float64 `json:"actual_total"`
		} `json:"spend_holdout_cet_times_gamma_gamma"`
	}
	Tracking map[string]json.RawMessage `json:"tracking_cdnow_sample"`
}

// A shopper is a customer of CDNOW: repeat purchases up to 1997-09-30 in weeks,
// and how many followed in the next 39.
type shopper struct {
	repurchase.Buyer
	first   float64   // days from 1997-01-01 to the first purchase
	repeats []float64 // days from 1997-01-01 to each later one, up to the end of the hold-out
	later   float64
	spend   float64 // mean of the repeats up to 1997-09-30, in dollars
	spent   float64 // in the hold-out
}

const calibrationWeeks, trackedWeeks, lastDay, tail = 39, 78, 272.0, 7

// TestStatisticsPage fits three models to CDNOW, compares what it is to show
// with the reference, and wants docs/statistics.md and its pictures to show
// exactly that.
func TestStatisticsPage(t *testing.T) {
	shoppers, want := readShoppers(t), readCDNOWReference(t)
	models := fitToCDNOW(t, shoppers)
	agree(t, models, want)
	tracked := tracking(shoppers, models)
	agreeTracking(t, tracked, models, want)
	agreeHoldout(t, shoppers, models, want)
	spend := fitSpendToCDNOW(t, shoppers, want)
	for name, p := range map[string]picture{"tracking": tracked, "frequency": frequency(shoppers, models), "holdout": holdout(shoppers, models), "spend": spends(shoppers, spend)} {
		file := filepath.Join("../../docs/statistics", name+".svg")
		if *update {
			if err := os.WriteFile(file, []byte(p.svg()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if drawn, err := os.ReadFile(file); err != nil || string(drawn) != p.svg() {
			t.Errorf("%s is not what the models say now (%v): run this test with -update", file, err)
		}
	}
	page, err := os.ReadFile("../../docs/statistics.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := slices.Concat(fitRows(models, want), []string{regularRow(t, shoppers, want), spendRow(spend, want)},
		trackingRows(tracked, models, want), holdoutRows(t, shoppers, models, want), moneyRows(t, shoppers, models, spend, want))
	for _, row := range rows {
		row = minus.ReplaceAllString(row, "−$1")
		if !strings.Contains(string(page), row) {
			t.Errorf("docs/statistics.md has no row\n%s", row)
		}
	}
}

// TestStatisticsChances wants the chances of 0, 1, 2 … repeats to add up to one
// and their mean to be what the model expects.
func TestStatisticsChances(t *testing.T) {
	for name, m := range map[string]buyingModel{
		"BG":     repurchase.BGNBD{R: 2, Alpha: 15, A: 0.8, B: 2.4},
		"MBG":    repurchase.MBGNBD{R: 2, Alpha: 15, A: 0.9, B: 1.6},
		"Pareto": repurchase.ParetoNBD{R: 2, Alpha: 15, S: 0.6, Beta: 11},
	} {
		sum, mean := 0.0, 0.0
		for x := range 100 {
			p := chanceOf(m, float64(x), 39)
			sum, mean = sum+p, mean+float64(x)*p
		}
		if want := m.Expected(repurchase.Buyer{}, 39); math.Abs(sum-1) > 1e-8 || math.Abs(mean-want) > 1e-7 {
			t.Errorf("%s: chances add up to %.12g, mean %.12g, want 1, %.12g", name, sum, mean, want)
		}
	}
}

func readCDNOWReference(t *testing.T) (all cdnowReference) {
	t.Helper()
	raw, err := os.ReadFile(realdata.Path(t, "reference/btyd.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// readShoppers counts purchase days: several orders of a day are one.
func readShoppers(t *testing.T) (shoppers []shopper) {
	t.Helper()
	file, err := os.Open(realdata.Path(t, "data/cdnow_sample.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(1997, 1, 1, 0, 0, 0, 0, time.UTC)
	days, values := make(map[string][]float64), make(map[string]map[float64]float64)
	for _, row := range rows[1:] {
		day, err := time.Parse(time.DateOnly, row[2])
		if err != nil {
			t.Fatal(err)
		}
		value, err := strconv.ParseFloat(row[4], 64)
		if err != nil {
			t.Fatal(err)
		}
		at, customer := math.Round(day.Sub(start).Hours()/24), row[1]
		days[customer] = append(days[customer], at)
		if values[customer] == nil {
			values[customer] = make(map[float64]float64)
		}
		values[customer][at] += value
	}
	for customer, at := range days {
		slices.Sort(at)
		shoppers = append(shoppers, shopperOf(slices.Compact(at), values[customer]))
	}
	slices.SortFunc(shoppers, func(a, b shopper) int {
		return slices.Compare(append([]float64{a.first, a.spend, a.spent}, a.repeats...), append([]float64{b.first, b.spend, b.spent}, b.repeats...))
	})
	return shoppers
}

// shopperOf takes the purchase days in order, of which the first is in
// calibration, and what was spent on each.
func shopperOf(at []float64, values map[float64]float64) shopper {
	s := shopper{first: at[0], Buyer: repurchase.Buyer{Age: (lastDay - at[0]) / 7}}
	for _, day := range at[1:] {
		switch {
		case day <= lastDay:
			s.Repeats++
			s.LogGaps += math.Log((day-at[0])/7 - s.Last)
			s.Last = (day - at[0]) / 7
			s.spend += (values[day] - s.spend) / s.Repeats
		case day <= lastDay+7*calibrationWeeks:
			s.later++
			s.spent += values[day]
		default:
			continue
		}
		s.repeats = append(s.repeats, day)
	}
	return s
}

func fitToCDNOW(t *testing.T, shoppers []shopper) []fittedModel {
	t.Helper()
	buyers := make([]repurchase.Buyer, len(shoppers))
	for i, s := range shoppers {
		buyers[i] = s.Buyer
	}
	bg, bgErr := repurchase.FitBGNBD(buyers, repurchase.FitOptions{})
	mbg, mbgErr := repurchase.FitMBGNBD(buyers, repurchase.FitOptions{})
	pareto, paretoErr := repurchase.FitParetoNBD(buyers, repurchase.FitOptions{})
	for _, err := range []error{bgErr, mbgErr, paretoErr} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return []fittedModel{{"BG/NBD", "bgnbd", bg, bg.Fit}, {"MBG/NBD", "mbgnbd", mbg, mbg.Fit}, {"Pareto/NBD", "pnbd", pareto, pareto.Fit}}
}

// agree compares the optimum with the reference, the parameters with the paper.
func agree(t *testing.T, models []fittedModel, want cdnowReference) {
	t.Helper()
	for _, m := range models {
		if ref := want.Datasets["cdnow_sample"].Fits[m.key].LogLik; !(math.Abs(m.fit.LogLikelihood-ref) < 1e-4) {
			t.Errorf("%s: ln L %.6f, reference %.6f", m.name, m.fit.LogLikelihood, ref)
		}
		for _, paper := range want.Published {
			if paper.Model != m.key || paper.Dataset != "cdnow_summary" {
				continue
			}
			for _, e := range m.fit.Estimates { // the paper had weeks of two decimals, hence the last digit
				if !(math.Abs(e.Value-paper.Params[e.Name]) < 1.5e-3) {
					t.Errorf("%s: %s is %.5f, published %v", m.name, e.Name, e.Value, paper.Params[e.Name])
				}
			}
		}
	}
}

// tracking counts repeat purchases by the end of each week, and sums what a
// model expects of everybody from their first purchase on.
func tracking(shoppers []shopper, models []fittedModel) picture {
	p := picture{title: "Repeat purchases of 2,357 customers, week by week", across: "weeks since 1 January 1997", up: "repeat purchases so far",
		places: make([]string, trackedWeeks), mark: calibrationWeeks - 1, says: "models know purchases up to here", curves: []curve{{"counted", make([]float64, trackedWeeks)}}}
	joined := make(map[float64]float64)
	for _, s := range shoppers {
		joined[s.first]++
		for _, day := range s.repeats {
			for w := int(day) / 7; w < trackedWeeks; w++ {
				p.curves[0].values[w]++
			}
		}
	}
	for w := 12; w < trackedWeeks; w += 13 {
		p.places[w] = strconv.Itoa(w + 1)
	}
	for _, m := range models {
		p.curves = append(p.curves, curve{m.name, expectedByWeek(m, joined)})
	}
	p.desc = "Cumulative. After 78 weeks " + ends(p.curves, trackedWeeks-1) + "."
	return p
}

func expectedByWeek(m buyingModel, joined map[float64]float64) []float64 {
	weeks := make([]float64, trackedWeeks)
	for w := range weeks {
		for day := range 7*(w+1) - 1 { // in the order of days: the same sum every time
			if n := joined[float64(day)]; n > 0 {
				weeks[w] += n * m.Expected(repurchase.Buyer{}, float64(7*(w+1)-1-day)/7)
			}
		}
	}
	return weeks
}

// agreeTracking compares every week counted, and weeks 39 and 78 of the models.
func agreeTracking(t *testing.T, p picture, models []fittedModel, want cdnowReference) {
	t.Helper()
	for i, key := range []string{"actual", models[0].key, models[1].key, models[2].key} {
		var ref []float64
		if err := json.Unmarshal(want.Tracking[key], &ref); err != nil || len(ref) != trackedWeeks {
			t.Fatalf("%s: %d weeks, %v", key, len(ref), err)
		}
		if i == 0 && !slices.Equal(p.curves[0].values, ref) {
			t.Errorf("counted %v, reference %v", p.curves[0].values, ref)
		}
		for _, w := range []int{calibrationWeeks - 1, trackedWeeks - 1} {
			if got := p.curves[i].values[w]; !(math.Abs(got-ref[w]) <= 1e-3*ref[w]) {
				t.Errorf("%s by week %d: %.2f, reference %.2f", key, w+1, got, ref[w])
			}
		}
	}
}

// frequency counts customers by repeats in calibration, seven and more together.
func frequency(shoppers []shopper, models []fittedModel) picture {
	p := byRepeats("Customers by repeat purchases up to 30 September 1997", "customers")
	p.columns = true
	counted, ages := make([]float64, tail+1), make(map[float64]float64)
	for _, s := range shoppers {
		counted[min(int(s.Repeats), tail)]++
		ages[s.Age]++
	}
	p.curves = []curve{{"counted", counted}}
	for _, m := range models {
		p.curves = append(p.curves, curve{m.name, expectedCustomers(m, ages)})
	}
	p.desc = "Customers without any repeat: " + ends(p.curves, 0) + "; with seven and more: " + ends(p.curves, tail) + "."
	return p
}

func expectedCustomers(m buyingModel, ages map[float64]float64) []float64 {
	expected := make([]float64, tail+1)
	for day := range int(lastDay) + 1 {
		age := (lastDay - float64(day)) / 7
		rest := ages[age]
		if rest == 0 {
			continue
		}
		for x := range tail {
			n := ages[age] * chanceOf(m, float64(x), age)
			expected[x], rest = expected[x]+n, rest-n
		}
		expected[tail] += rest
	}
	return expected
}

// chanceOf is the chance of exactly x repeats by the age T: the likelihood over
// all times of the last one, times the room t^(x−1)/(x−1)! for those before it.
func chanceOf(m buyingModel, x, age float64) float64 {
	if x == 0 {
		return math.Exp(m.LogLikelihoodOf(repurchase.Buyer{Age: age}))
	}
	room, _ := math.Lgamma(x)
	return quad.Fixed(func(last float64) float64 {
		return math.Exp(m.LogLikelihoodOf(repurchase.Buyer{Repeats: x, Last: last, Age: age}) + (x-1)*math.Log(last) - room)
	}, 0, age, 100, nil, 0)
}

// holdout is the mean of purchases in the next 39 weeks by earlier repeats.
func holdout(shoppers []shopper, models []fittedModel) picture {
	p := byRepeats("Purchases in the next 39 weeks, by repeat purchases before", "mean purchases per customer")
	p.curves = []curve{{"counted", meanByRepeats(shoppers, func(s shopper) float64 { return s.later })}}
	for _, m := range models {
		p.curves = append(p.curves, curve{m.name, meanByRepeats(shoppers, func(s shopper) float64 { return m.Expected(s.Buyer, calibrationWeeks) })})
	}
	p.desc = "Mean of those without a repeat: " + ends(p.curves, 0) + "; with seven and more: " + ends(p.curves, tail) + "."
	return p
}

func byRepeats(title, up string) picture {
	return picture{title: title, across: "repeat purchases in calibration", up: up, places: []string{"0", "1", "2", "3", "4", "5", "6", "7 and more"}}
}

func meanByRepeats(shoppers []shopper, of func(shopper) float64) []float64 {
	sum, n := make([]float64, tail+1), make([]float64, tail+1)
	for _, s := range shoppers {
		i := min(int(s.Repeats), tail)
		sum[i], n[i] = sum[i]+of(s), n[i]+1
	}
	for i := range sum {
		sum[i] /= n[i]
	}
	return sum
}

// ends says what each curve is at one place.
func ends(curves []curve, at int) string {
	var said []string
	for _, c := range curves {
		digits := 0
		if c.values[at] < 20 {
			digits = 2
		}
		said = append(said, fmt.Sprintf("%s %.*f", c.name, digits, c.values[at]))
	}
	return strings.Join(said, ", ")
}

// A verdict is how a model did in the hold-out.
type verdict struct{ total, alive, none, few, logLoss float64 }

func judge(t *testing.T, shoppers []shopper, m buyingModel) (v verdict) {
	t.Helper()
	var away, none, few []float64
	for _, s := range shoppers {
		p := m.NoPurchase(s.Buyer, calibrationWeeks)
		away, none, few = append(away, 1-m.Alive(s.Buyer)), append(none, p), append(few, -m.Expected(s.Buyer, calibrationWeeks))
		v.total -= few[len(few)-1]
		if s.later > 0 {
			p = 1 - p
		}
		v.logLoss -= math.Log(p) / float64(len(shoppers))
	}
	v.alive, v.none, v.few = ranks(t, shoppers, away), ranks(t, shoppers, none), ranks(t, shoppers, few)
	return v
}

// ranks is the AUC of a score for "buys nothing in the hold-out".
func ranks(t *testing.T, shoppers []shopper, scores []float64) float64 {
	t.Helper()
	nothing := make([]bool, len(shoppers))
	for i, s := range shoppers {
		nothing[i] = s.later == 0
	}
	r, err := effect.AUC(scores, nothing, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	return r.AUC
}

func agreeHoldout(t *testing.T, shoppers []shopper, models []fittedModel, want cdnowReference) {
	t.Helper()
	for _, m := range models {
		got, ref := judge(t, shoppers, m), want.Datasets["cdnow_sample"].Fits[m.key].Holdout
		for what, pair := range map[string][3]float64{
			"total": {got.total, ref.Total, 1e-3 * ref.Total}, "AUC of 1 − P(alive)": {got.alive, ref.Alive, 2e-3},
			"AUC of P(no purchase)": {got.none, ref.None, 2e-3}, "AUC of few purchases": {got.few, ref.Few, 2e-3}, "log loss": {got.logLoss, ref.LogLoss, 1e-3},
		} {
			if !(math.Abs(pair[0]-pair[1]) <= pair[2]) {
				t.Errorf("%s: %s %.5f, reference %.5f", m.name, what, pair[0], pair[1])
			}
		}
	}
}
