package repurchase

import "testing"

func TestFitMixtureRecovers(t *testing.T) {
	shop := mixedShop(20_000, 3)
	m, err := FitMixture(buyersOf(shop.draw()), MixtureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", m)
	near(t, "r", m.R, shop.truth.R, 0.1)
	near(t, "alpha", m.Alpha, shop.truth.Alpha, 0.1)
	near(t, "a", m.A, shop.truth.A, 0.15)
	near(t, "b", m.B, shop.truth.B, 0.2)
}
