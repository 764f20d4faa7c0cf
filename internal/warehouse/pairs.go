package warehouse

import (
	"bytes"
	"encoding/binary"
)

// pairs know for every two neighbouring bytes which rows have them in their
// text, so that words in the middle of names are found without reading a
// million of them. Each list holds the steps from row to row.
type pairs struct {
	rows  [1 << 16][]byte
	count [1 << 16]int32
}

func pairsOf(t *texts) (p pairs) {
	last := make([]int32, 1<<16) // row + 1 that was added last
	step := make([]byte, 0, binary.MaxVarintLen32)
	for row := range int32(len(t.ends)) {
		text := t.at(row)
		for i := 1; i < len(text); i++ {
			pair := pairOf(text[i-1:])
			if last[pair] == row+1 {
				continue
			}
			step = binary.AppendUvarint(step[:0], uint64(row+1-last[pair]))
			p.rows[pair] = append(p.rows[pair], step...)
			p.count[pair]++
			last[pair] = row + 1
		}
	}
	return p
}

func pairOf(text []byte) uint16 { return uint16(text[0])<<8 | uint16(text[1]) }

// each hands over the rows that have a pair.
func (p *pairs) each(pair uint16, do func(row int32)) {
	at := int32(-1)
	for list := p.rows[pair]; len(list) > 0; {
		step := uint64(list[0])
		n := 1
		if step >= 0x80 {
			step, n = binary.Uvarint(list)
		}
		list = list[n:]
		at += int32(step)
		do(at)
	}
}

// find hands over the rows whose id or name contains the words, in order; all
// rows for "".
func (r *roll) find(words string, do func(row int32)) {
	all := int32(len(r.number))
	text := []byte(oneLine(words))
	switch len(text) {
	case 0:
		for row := range all {
			do(row)
		}
		return
	case 1:
		for row := range all {
			if bytes.IndexByte(r.folded.at(row), text[0]) >= 0 {
				do(row)
			}
		}
		return
	case 2:
		r.pairs.each(pairOf(text), do)
		return
	}
	rarest := pairOf(text)
	for i := range len(text) - 1 {
		if pair := pairOf(text[i:]); r.pairs.count[pair] < r.pairs.count[rarest] {
			rarest = pair
		}
	}
	r.pairs.each(rarest, func(row int32) {
		if bytes.Contains(r.folded.at(row), text) {
			do(row)
		}
	})
}
