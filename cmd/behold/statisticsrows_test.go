package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"behold/stat/repurchase"
)

// fitRows are the lines of the page's table of fits.
func fitRows(models []fittedModel, want cdnowReference) (rows []string) {
	for _, m := range models {
		rows = append(rows, fitRow(m.name, m.key, m.fit.Estimates, m.fit.LogLikelihood, want))
	}
	return rows
}

func fitRow(name, key string, found []repurchase.Estimate, logLikelihood float64, want cdnowReference) string {
	var names, ours []string
	for _, e := range found {
		names, ours = append(names, e.Name), append(ours, fmt.Sprintf("%.4f", e.Value))
	}
	return fmt.Sprintf("| %s (%s) | %s | %.4f | %s; %.4f |", name, strings.Join(names, ", "), publishedOf(key, names, want),
		want.Datasets["cdnow_sample"].Fits[key].LogLik, strings.Join(ours, ", "), logLikelihood)
}

func publishedOf(key string, names []string, want cdnowReference) string {
	for _, paper := range want.Published {
		if paper.Model != key || !strings.HasPrefix(paper.Dataset, "cdnow_summary") {
			continue
		}
		var theirs []string
		for _, name := range names {
			theirs = append(theirs, strconv.FormatFloat(paper.Params[name], 'f', -1, 64))
		}
		if paper.LogLik == 0 {
			return strings.Join(theirs, ", ")
		}
		return fmt.Sprintf("%s; %.1f", strings.Join(theirs, ", "), paper.LogLik)
	}
	return "none known to us"
}

// trackingRows are the lines of the table below the first picture: each model
// beside the reference.
func trackingRows(p picture, models []fittedModel, want cdnowReference) (rows []string) {
	for _, week := range []int{39, 52, 78} {
		row := fmt.Sprintf("| %d | %.0f |", week, p.curves[0].values[week-1])
		for i, m := range models {
			var ref []float64
			_ = json.Unmarshal(want.Tracking[m.key], &ref) // agreeTracking has read it
			row += fmt.Sprintf(" %.1f | %.1f |", p.curves[i+1].values[week-1], ref[week-1])
		}
		rows = append(rows, row)
	}
	return rows
}

// holdoutRows are the lines of its table of the hold-out, and the two rules
// without any model that they have to stand beside.
func holdoutRows(t *testing.T, shoppers []shopper, models []fittedModel, want cdnowReference) (rows []string) {
	t.Helper()
	actual, rate := 0.0, 0.0
	var silence []float64
	for _, s := range shoppers {
		actual, rate, silence = actual+s.later, rate+calibrationWeeks*s.Repeats/s.Age, append(silence, s.Silence())
	}
	off := func(total float64) string { return fmt.Sprintf("%.0f (%+.0f %%)", total, 100*(total/actual-1)) }
	for _, m := range models {
		v := judge(t, shoppers, m)
		ref := want.Datasets["cdnow_sample"].Fits[m.key].Holdout
		rows = append(rows, fmt.Sprintf("| %s | %s | %.0f | %.3f | %.3f | %.3f | %.3f |", m.name, off(v.total), ref.Total, v.alive, v.none, v.few, v.logLoss))
	}
	return append(rows, fmt.Sprintf("| days since the last purchase | | | | %.3f | | |", ranks(t, shoppers, silence)),
		fmt.Sprintf("| purchases so far at the same pace (x/T) | %s | | | | | |", off(rate)),
		fmt.Sprintf("| counted | %.0f | | | | | |", actual))
}
