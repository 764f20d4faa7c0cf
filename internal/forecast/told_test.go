package forecast

import (
	"math"
	"testing"
)

// A tale fills its columns to the last, whoever is told of, with figures.
func TestTaleFillsItsColumns(t *testing.T) {
	for _, days := range [][]float64{{0}, {400, 30}, {700, 365, 340, 120, 90, 61, 30, 4, 1}} {
		var p tale
		p.start()
		for i, ago := range days {
			p.purchase(ago, float64(i), 2)
		}
		row := make([]float64, wide)
		for i := colTold; i < wide; i++ {
			row[i] = math.NaN()
		}
		p.columns(row, 90, 0.5)
		for i := colTold; i < wide; i++ {
			if math.IsNaN(row[i]) || math.IsInf(row[i], 0) {
				t.Errorf("%v: column %d of %d is %v", days, i-colTold, told, row[i])
			}
		}
	}
	var p tale
	p.start()
	for _, ago := range []float64{370, 300, 290, 10} {
		p.purchase(ago, 1, 2)
	}
	row := make([]float64, wide)
	p.columns(row, 90, 0.5)
	if days := row[colTold : colTold+15]; days[0] != 1 || days[6] != 1 || days[12] != 3 || days[14] != 6 {
		t.Errorf("purchase days in the windows: %v", days)
	}
	if then, wider := row[wide-2], row[wide-1]; then != 2 || wider != 3 {
		t.Errorf("last year's window has %v purchase days, wider %v; want 2 and 3", then, wider)
	}
}
