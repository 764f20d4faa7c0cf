package intake

import (
	"math/bits"

	"github.com/cespare/xxhash/v2"
)

// A twinKey stands for an order and a line (or product) of it: 96 bits, so
// that among 100 million lines two different ones share a key with a chance
// of about 1 in 10^13.
type twinKey struct {
	key   uint64
	check uint32
}

func twinKeyOf(order, line string) twinKey {
	a, b := xxhash.Sum64String(order), xxhash.Sum64String(line)
	high, low := bits.Mul64(a^0x9e3779b97f4a7c15, bits.RotateLeft64(b, 31)|1)
	mixed := (high ^ low) + b*0xff51afd7ed558ccd
	mixed ^= mixed >> 32
	return twinKey{mixed | 1, uint32((a*0xc4ceb9fe1a85ec53 ^ b) >> 29)}
}

// twins remembers one number for each key it has seen: how often (lines
// without a number of their own) or where first (lines with one). It is an
// open table of 16 bytes a line; a Go map would need five times that.
type twins struct {
	slots    []twin
	contents []uint32 // hash of the row, beside each slot; nil when not needed
	used     int
	warm     uint64
}

type twin struct {
	key   uint64 // 0: free
	check uint32
	value uint32
}

func newTwins(expected int64, contents bool) *twins {
	size := 1 << 10
	for int64(size)*5 < expected*8 && size < 1<<28 {
		size <<= 1
	}
	t := &twins{slots: make([]twin, size)}
	if contents {
		t.contents = make([]uint32, size)
	}
	return t
}

// abreast is how many keys are looked for at a time.
const abreast = 256

// prepare makes room for keys and looks at their slots, of which one look does
// not wait for another, so that finding the keys one after the other then waits
// for memory once and not every time.
func (t *twins) prepare(keys []twinKey) {
	for (t.used+len(keys))*5 >= len(t.slots)*4 {
		t.grow()
	}
	mask := len(t.slots) - 1
	for _, k := range keys {
		t.warm ^= t.slots[int(k.key>>20)&mask].key
	}
	if t.contents == nil {
		return
	}
	for _, k := range keys {
		t.warm ^= uint64(t.contents[int(k.key>>20)&mask])
	}
}

// find gives the slot of a key, taking a free one when it is new.
func (t *twins) find(k twinKey) (slot int, isNew bool) {
	if t.used*5 >= len(t.slots)*4 {
		t.grow()
	}
	mask := len(t.slots) - 1
	for i := int(k.key>>20) & mask; ; i = (i + 1) & mask {
		switch s := &t.slots[i]; {
		case s.key == 0:
			s.key, s.check = k.key, k.check
			t.used++
			return i, true
		case s.key == k.key && s.check == k.check:
			return i, false
		}
	}
}

func (t *twins) grow() {
	old, contents := t.slots, t.contents
	t.slots = make([]twin, 2*len(old))
	if contents != nil {
		t.contents = make([]uint32, 2*len(old))
	}
	mask := len(t.slots) - 1
	for j, s := range old {
		if s.key == 0 {
			continue
		}
		i := int(s.key>>20) & mask
		for t.slots[i].key != 0 {
			i = (i + 1) & mask
		}
		t.slots[i] = s
		if contents != nil {
			t.contents[i] = contents[j]
		}
	}
}

// count is how often the key has come, this time included.
func (t *twins) count(k twinKey) uint32 {
	i, _ := t.find(k)
	t.slots[i].value++
	return t.slots[i].value
}

// first gives the row in which the key came first (this one when it is new)
// and whether that row had the same content.
func (t *twins) first(k twinKey, row int64, content uint32) (first int64, same bool) {
	i, isNew := t.find(k)
	if isNew {
		t.slots[i].value, t.contents[i] = uint32(row), content
	}
	return int64(t.slots[i].value), t.contents[i] == content
}
