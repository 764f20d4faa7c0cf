package repurchase

import "math"

// discounted is what the purchases to come are worth in purchases of today,
// from their mean number by t, over panels in ln(1 + t/unit):
//
//	∫_0^{N'} e^{−δt} dE(t) = e^{−δN'} E(N') + δ ∫_0^{N'} E(t) e^{−δt} dt
//
// unit is about where E begins to bend. Beyond 45/δ nothing is left.
func discounted(mean func(t float64) float64, unit float64, opt ValueOptions) float64 {
	end := 45 / opt.Discount
	if !opt.endless() {
		end = math.Min(end, opt.Horizon)
	}
	nodes := legendre(8)
	width := math.Log1p(end / unit)
	panels := math.Ceil(2 * width)
	width /= panels
	sum := math.Exp(-opt.Discount*end) * mean(end)
	for i := 0.0; i < panels; i++ {
		for _, n := range nodes {
			w := (i + n.at) * width
			t := unit * math.Expm1(w)
			sum += n.weight * width * opt.Discount * mean(t) * math.Exp(-opt.Discount*t) * (t + unit)
		}
	}
	return sum
}

func (l law) residual(b Buyer, opt ValueOptions) float64 {
	if l.cannot(b) || !opt.inOrder() {
		return math.NaN()
	}
	here := l.expectedHere(b)
	unit := (l.alpha + b.Age) / (l.r + float64(l.k)*b.Repeats + 1)
	return l.alive(b) * discounted(here, unit, opt)
}

// Residual is the discounted number of purchases to come, whether the customer
// is with us or not; times what a purchase is worth it is what the customer is
// worth. (That of Mixture is for a customer who is with us.) NaN for options
// that cannot be.
//
// Model: ∫ e^{−δt} d Expected(t), exact for any horizon. Some thirty times the
// work of Expected.
//
// Input: Discount per unit of time, Horizon in it, 0 for without end. Output:
// purchases. See TestResidualFromExpected and TestResidualLimitsCounted.
func (m BGNBD) Residual(b Buyer, opt ValueOptions) float64 { return m.law().residual(b, opt) }

// Residual is the discounted number of purchases to come; see BGNBD.Residual.
//
// Output: purchases; NaN for options that cannot be. See TestResidualFromExpected.
func (m MBGNBD) Residual(b Buyer, opt ValueOptions) float64 { return m.law().residual(b, opt) }

// Residual is the discounted number of purchases to come; see BGNBD.Residual.
//
// Output: purchases; NaN for options that cannot be. See TestResidualFromExpected.
func (m BGCNBD) Residual(b Buyer, opt ValueOptions) float64 { return m.law().residual(b, opt) }

// Residual is the discounted number of purchases to come; see BGNBD.Residual.
//
// Output: purchases; NaN for options that cannot be. See TestResidualIsMixture.
func (m MBGCNBD) Residual(b Buyer, opt ValueOptions) float64 { return m.law().residual(b, opt) }
