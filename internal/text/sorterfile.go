package text

import (
	"bytes"
	"compress/gzip"
	"encoding/gob"
	"io"
	"math"

	"behold"
)

// sorterForm begins every file of a Sorter; the number goes up when files of an
// earlier release can no longer be read, or features are made in another way.
const sorterForm = "behold text model 1\n"

// fileOf is what is kept of a Sorter: features are numbers, no words of anybody.
type fileOf struct {
	Labels        []Label
	At            []uint32 // features, by row
	Rare          []float32
	Never         float64
	Weight        []float32
	Bias, Favour  []float64
	Slope, Shift  float64
	Cut           float64
	Trial         Trial
	FeatureCounts int // 2^featureBits
}

// Write writes the sorter to a file that ReadSorter reads.
func (s *Sorter) Write(w io.Writer) error {
	c := s.words
	f := fileOf{
		Labels: c.labels, At: make([]uint32, len(c.rare)), Rare: c.rare, Never: c.never, Weight: c.weight, Bias: c.bias, Favour: s.favour,
		Slope: s.temper.Slope, Shift: s.temper.Shift, Cut: s.cut, Trial: s.trial, FeatureCounts: 1 << featureBits,
	}
	for at, row := range c.place {
		if row >= 0 {
			f.At[row] = uint32(at)
		}
	}
	if _, err := io.WriteString(w, sorterForm); err != nil {
		return err
	}
	packed := gzip.NewWriter(w)
	if err := gob.NewEncoder(packed).Encode(&f); err != nil {
		return err
	}
	return packed.Close()
}

// sorterMost is more than any model of texts takes, so that a file made to fill
// the memory cannot.
const sorterMost = 1 << 30

// ReadSorter reads a sorter that Write wrote. What is none is Invalid.
func ReadSorter(r io.Reader) (*Sorter, error) {
	form := make([]byte, len(sorterForm))
	if _, err := io.ReadFull(r, form); err != nil || !bytes.Equal(form, []byte(sorterForm)) {
		return nil, noSorter(err)
	}
	packed, err := gzip.NewReader(r)
	if err != nil {
		return nil, noSorter(err)
	}
	var f fileOf
	if err := gob.NewDecoder(io.LimitReader(packed, sorterMost)).Decode(&f); err != nil {
		return nil, noSorter(err)
	}
	if !f.sound() {
		return nil, noSorter(nil)
	}
	c := &classifier{labels: f.Labels, place: make([]int32, 1<<featureBits), rare: f.Rare, never: f.Never, weight: f.Weight, bias: f.Bias}
	for i := range c.place {
		c.place[i] = -1
	}
	for row, at := range f.At {
		c.place[at] = int32(row)
	}
	return &Sorter{words: c, favour: f.Favour, temper: temper{f.Slope, f.Shift}, cut: f.Cut, trial: f.Trial}, nil
}

// sound says whether the parts fit together, so that no text can break it.
func (f *fileOf) sound() bool {
	k, rows := len(f.Labels), len(f.At)
	if k < 2 || f.FeatureCounts != 1<<featureBits || len(f.Rare) != rows || len(f.Weight) != rows*k || len(f.Bias) != k || len(f.Favour) != k {
		return false
	}
	for _, at := range f.At {
		if at >= 1<<featureBits {
			return false
		}
	}
	for _, x := range append([]float64{f.Never, f.Slope, f.Shift, f.Cut}, append(f.Bias, f.Favour...)...) {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

func noSorter(err error) error {
	return &behold.Error{Kind: behold.Invalid, Say: "this is no model of texts, or it is torn, or of another release", Hint: "behold text train makes one", Err: err}
}
