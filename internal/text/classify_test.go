package text

import (
	"math"
	"slices"
	"testing"
)

// The weights are at the optimum of the ridge logistic: there every α is
// C/(1 + e^margin), the dual condition of Yu, Huang and Lin (2011), and the
// gradient of the primal, λ·w − Σ weight·y·x/(1 + e^margin), is a
// small part of λ·w: learning stops when no margin is far from its best.
func TestLearnOptimum(t *testing.T) {
	examples := Seeds()[:400]
	const label, lambda = "quality", .07
	c := &classifier{place: make([]int32, 1<<featureBits)}
	for i := range c.place {
		c.place[i] = -1
	}
	texts, n := c.texts(examples)
	f := newFit(texts, examples, label, lambda, n)
	f.descend()
	gradient := make([]float64, n)
	for row := range gradient {
		gradient[row] = lambda * f.w[row]
	}
	for j, i := range f.which {
		share := logistic(-f.margin(j))
		if math.Abs(f.alpha[j]/f.most[j]-share) > .05 {
			t.Fatalf("example %d has α/C %.4f, not %.4f", i, f.alpha[j]/f.most[j], share)
		}
		for _, x := range texts[i] {
			gradient[x.at] -= examples[i].Weight * f.sign[j] * share * x.value
		}
	}
	var off, size float64
	for row, g := range gradient {
		off, size = off+g*g, size+lambda*lambda*f.w[row]*f.w[row]
	}
	t.Logf("gradient %.2g of λw", math.Sqrt(off/size))
	if off > .01*size {
		t.Errorf("the gradient is %.2g of λw", math.Sqrt(off/size))
	}
}

// A word that is denied is another one, until the sentence ends.
func TestDenied(t *testing.T) {
	var a, b, c scratch
	a.take("not satisfied")
	b.take("satisfied")
	c.take("not. satisfied")
	word := func(s *scratch) []feature {
		return slices.DeleteFunc(slices.Clone(s.found), func(x feature) bool {
			return !slices.ContainsFunc(b.found, func(y feature) bool { return y.at == x.at })
		})
	}
	if len(word(&a)) != len(b.found)-1 || len(word(&c)) != len(b.found) {
		t.Errorf("of %d features %d are left after a negation and %d after a full stop", len(b.found), len(word(&a)), len(word(&c)))
	}
}

// Words say by which words a reading came about.
func TestWords(t *testing.T) {
	words := Default().Words("De mange nyhedsbreve er trættende", "irrelevant")
	if len(words) == 0 || words[0].Word != "nyhedsbreve" || words[0].Weight <= 0 {
		t.Errorf("irrelevant because of %v", words)
	}
}
