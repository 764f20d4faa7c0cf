package repurchase

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"behold/internal/realdata"
)

// A counter is what the models of counted purchases have in common.
type counter interface {
	LogLikelihoodOf(Buyer) float64
	Alive(Buyer) float64
	NoPurchase(Buyer, float64) float64
	Expected(Buyer, float64) float64
}

// The reference results (reference/README.md).
type reference struct {
	Datasets map[string]referenceSet
	Donation struct {
		Params map[string]float64
		LogLik float64            `json:"loglik"`
		Errors map[string]float64 `json:"se"`
		Rows   []struct {
			Frequency, Recency float64
			Alive              float64 `json:"p_alive_at_n_plus_1"`
			Expected           float64 `json:"expected_next5"`
		}
		Total float64 `json:"total_expected_next5"`
	} `json:"donations_bgbb"`
	Tracking struct {
		BG     []float64 `json:"bgnbd"`
		MBG    []float64 `json:"mbgnbd"`
		Pareto []float64 `json:"pnbd"`
	} `json:"tracking_cdnow_sample"`
}

type referenceSet struct {
	Customers float64 `json:"n_customers"`
	SumX      float64 `json:"sum_x"`
	SumLast   float64 `json:"sum_tx"`
	SumAge    float64 `json:"sum_T"`
	Horizon   float64 `json:"holdout_horizon_in_units"`
	Selected  []struct {
		ID    string
		X     float64
		Last  float64 `json:"t_x"`
		Age   float64 `json:"T"`
		Spend float64 `json:"mean_repeat_value"`
	} `json:"selected_rows"`
	Fits map[string]referenceFit
}

type referenceFit struct {
	K      int
	Params map[string]float64
	LogLik float64            `json:"loglik"`
	Errors map[string]float64 `json:"se"`
	ByK    map[string]struct {
		Params map[string]float64
		LogLik float64 `json:"loglik"`
	} `json:"by_k"`
	Predictions []struct {
		ID         string
		Alive      float64 `json:"p_alive"`
		Expected   float64 `json:"cet"`
		Soon       float64 `json:"cet_4units"`
		NoPurchase float64 `json:"p_no_purchase"`
		LogLik     float64 `json:"loglik"`
		Spend      float64 `json:"expected_mean_spend"`
	}
	Sums    map[string]float64
	Holdout struct {
		MAE      float64
		AUCAlive float64 `json:"auc_no_purchase_by_1_minus_palive"`
		AUCZero  float64 `json:"auc_no_purchase_by_p_zero"`
	}
	New      map[string]float64 `json:"expected_new_customer"`
	DERTLow  residuals          `json:"dert_continuous_0.0027_per_unit"`
	DERTHigh residuals          `json:"dert_continuous_0.01_per_unit"`
}

type residuals struct {
	Sum      float64
	Selected []float64
}

func readReference(t testing.TB) (all reference) {
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

// A past is the buyers of one data set with what they did in the holdout.
type past struct {
	ids     []string
	buyers  []Buyer
	holdout []float64
}

// pastOf reads a set by the conventions of the reference: purchase days, up to
// and including the end of calibration, over unit days.
func pastOf(t testing.TB, file string, column int, end string, holdoutDays, unit float64) past {
	t.Helper()
	until, err := time.Parse(time.DateOnly, end)
	if err != nil {
		t.Fatal(err)
	}
	days := make(map[string][]float64)
	var ids []string
	for _, row := range anyRows(t, file) {
		day, err := time.Parse(time.DateOnly, row[column+1][:10])
		if err != nil {
			t.Fatal(err)
		}
		id := row[column]
		if days[id] == nil {
			ids = append(ids, id)
		}
		days[id] = append(days[id], math.Round(day.Sub(until).Hours()/24))
	}
	var p past
	for _, id := range ids {
		at := days[id]
		slices.Sort(at)
		at = slices.Compact(at)
		if at[0] > 0 {
			continue
		}
		b, bought := Buyer{Age: -at[0] / unit}, 0.0
		for i, day := range at {
			switch {
			case day > 0 && day <= holdoutDays:
				bought++
			case day <= 0 && i > 0:
				b.Repeats++
				b.Last = (day - at[0]) / unit
				b.LogGaps += math.Log((day - at[i-1]) / unit)
			}
		}
		p.ids, p.buyers, p.holdout = append(p.ids, id), append(p.buyers, b), append(p.holdout, bought)
	}
	return p
}

// anyRows reads a CSV file, gzipped or not, without its heading.
func anyRows(t testing.TB, name string) [][]string {
	t.Helper()
	if name[len(name)-3:] == ".gz" {
		return rows(t, name)
	}
	file, err := os.Open(realdata.Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

func readPast(t testing.TB, set string) past {
	t.Helper()
	switch set {
	case "cdnow_summary":
		var p past
		for _, row := range anyRows(t, "data/cdnow_summary.csv") {
			p.ids = append(p.ids, row[0])
			p.buyers = append(p.buyers, Buyer{Repeats: number(t, row[1]), Last: number(t, row[2]), Age: number(t, row[3])})
			p.holdout = append(p.holdout, number(t, row[5]))
		}
		return p
	case "cdnow_sample":
		return pastOf(t, "data/cdnow_sample.csv", 1, "1997-09-30", 273, 7)
	case "cdnow_master":
		return pastOf(t, "data/cdnow_master.csv.gz", 0, "1997-09-30", 273, 7)
	case "example_transactions":
		return pastOf(t, "data/example_transactions.csv.gz", 0, "2014-09-30", 92, 1)
	}
	return pastOf(t, "data/sim_pnbd_cov_transactions.csv.gz", 0, "2023-12-31", 364, 7)
}

var referenceSets = []string{"cdnow_summary", "cdnow_sample", "cdnow_master", "example_transactions", "sim_pnbd_cov"}
