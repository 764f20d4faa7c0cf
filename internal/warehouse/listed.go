package warehouse

import (
	"bytes"
	"cmp"
	"context"
	"math/bits"
	"slices"
	"sync"

	"behold"
)

// Listed is one page of the customers as they stand after the last round, and
// how many there are on all pages. The round of another day than the last has
// none here: Standings has. An unknown sort is Invalid.
func (w *Warehouse) Listed(ctx context.Context, q behold.CustomerQuery) (list []behold.Listed, total int, err error) {
	defer func() { err = wrap(err, "list the customers") }()
	r, err := w.theRoll(ctx)
	if err != nil || q.Day.Known() && q.Day != r.day {
		return nil, 0, err
	}
	sorted, desc, err := r.sorted(q.Slice)
	if err != nil {
		return nil, 0, err
	}
	found := r.answer(q, sorted)
	to := found.count
	if q.Limit > 0 {
		to = min(to, q.Offset+q.Limit)
	}
	each := found.each(sorted)
	for k := max(q.Offset, 0); k < to; k++ {
		at := k
		if desc {
			at = found.count - 1 - k
		}
		list = append(list, r.row(each(at)))
	}
	return list, found.count, nil
}

// Facets are what Listed can be narrowed by.
func (w *Warehouse) Facets(ctx context.Context) (f behold.Facets, err error) {
	defer func() { err = wrap(err, "tell what customers are known by") }()
	r, err := w.theRoll(ctx)
	if err != nil {
		return f, err
	}
	kinds := slices.Clone(r.lampKinds)
	slices.Sort(kinds)
	return behold.Facets{
		Customers: len(r.number), Lamps: kinds, Colleagues: r.colleague.said(), Segments: r.segment.said(), Regions: r.region.said(), Loyalty: r.scored,
	}, nil
}

// An order is the rows of a roll in the order of one column, the least first,
// and of every row its place therein. It is made when it is first asked for.
type order struct {
	once        sync.Once
	rows, place []int32
}

// sorted is the order of a list, and whether it is read from its end.
func (r *roll) sorted(part behold.Slice) (o *order, desc bool, err error) {
	by, desc := part.Sort, part.Desc
	if by == "" {
		by, desc = "money", true
	}
	key, ties := r.key(by)
	if key == nil {
		return nil, false, &behold.Error{Kind: behold.Invalid, Say: "customers cannot be sorted by " + by,
			Hint: "sort by money, value, silence, loyalty, chance, name, last or orders", Code: "sort"}
	}
	r.mu.Lock()
	if o = r.orderOf[by]; o == nil {
		o = &order{}
		r.orderOf[by] = o
	}
	r.mu.Unlock()
	o.once.Do(func() { o.make(len(r.number), key, ties) })
	return o, desc, nil
}

// make sorts the rows by their keys, and those with the same key by ties, else
// by their number.
func (o *order) make(n int, key func(row int32) int64, ties func(a, b int32) int) {
	type keyed struct {
		key int64
		row int32
	}
	list := make([]keyed, n)
	for i := range list {
		list[i] = keyed{key(int32(i)), int32(i)}
	}
	slices.SortFunc(list, func(a, b keyed) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		if ties != nil {
			if by := ties(a.row, b.row); by != 0 {
				return by
			}
		}
		return cmp.Compare(a.row, b.row)
	})
	o.rows, o.place = make([]int32, n), make([]int32, n)
	for at, k := range list {
		o.rows[at], o.place[k.row] = k.row, int32(at)
	}
}

// key is by what a list is sorted, and how rows with the same key are; no key for
// a sort that nobody knows.
func (r *roll) key(by string) (key func(row int32) int64, ties func(a, b int32) int) {
	switch by {
	case "money":
		return func(i int32) int64 { return r.atRisk[i] }, nil
	case "value":
		return func(i int32) int64 { return r.value[i] }, nil
	case "silence":
		return func(i int32) int64 { return int64(r.silent[i]) }, nil
	case "loyalty":
		return func(i int32) int64 { return int64(float64(r.loyalty[i]) * 1e6) }, nil
	case "chance":
		return func(i int32) int64 { return int64(float64(r.leave[0][i]) * 1e9) }, nil
	case "last":
		return func(i int32) int64 { return int64(r.last[i]) }, nil
	case "orders":
		return func(i int32) int64 { return int64(r.orders[i]) }, nil
	case "name":
		return func(i int32) int64 { return beginning(r.name(i)) }, func(a, b int32) int { return bytes.Compare(r.name(a), r.name(b)) }
	}
	return nil, nil
}

// name is what a row is sorted by: the name, or the id of who has none.
func (r *roll) name(i int32) []byte {
	id, name, _ := bytes.Cut(r.folded.at(i), []byte{'\n'})
	if len(name) == 0 {
		return id
	}
	return name
}

// beginning is the first seven bytes of a text as a number that sorts as they do.
func beginning(text []byte) (n int64) {
	for i := range 7 {
		n <<= 8
		if i < len(text) {
			n |= int64(text[i])
		}
	}
	return n
}

// An answer is which places of an order a query finds.
type answer struct {
	once   sync.Once
	places []uint64 // a bit for every place; nil: all
	count  int
}

// each finds the row at the k-th place of the answer. Asked for one place after
// the other, up or down, it does not count again.
func (a *answer) each(o *order) func(k int) int32 {
	if a.places == nil {
		return func(k int) int32 { return o.rows[k] }
	}
	word, before := 0, 0
	return func(k int) int32 {
		for before > k {
			word--
			before -= bits.OnesCount64(a.places[word])
		}
		for before+bits.OnesCount64(a.places[word]) <= k {
			before += bits.OnesCount64(a.places[word])
			word++
		}
		left := a.places[word]
		for range k - before {
			left &= left - 1
		}
		return o.rows[word<<6+bits.TrailingZeros64(left)]
	}
}

// An asked question is what an answer is remembered by.
type asked struct {
	order *order
	words string
	state behold.CustomerState
	lamp  behold.LampKind
	whose behold.Whose

	segment, region string
}

// answers remember what was asked lately: whoever turns a page asks the same again.
type answers struct {
	words int // that one answer takes
	of    map[asked]*answer
	order []asked // the oldest first
}

// answerBytes is how much answers may take.
const answerBytes = 32 << 20

// to is the answer to a question, which may have to be found yet.
func (a *answers) to(q asked) *answer {
	if found := a.of[q]; found != nil {
		return found
	}
	if a.of == nil {
		a.of = map[asked]*answer{}
	}
	found := &answer{}
	a.of[q], a.order = found, append(a.order, q)
	if len(a.order)*a.words*8 > answerBytes && len(a.order) > 1 {
		delete(a.of, a.order[0])
		a.order = a.order[1:]
	}
	return found
}

func (r *roll) answer(q behold.CustomerQuery, o *order) *answer {
	key := asked{o, behold.CustomerKey(q.Search), q.State, q.Lamp, behold.Whose{Colleague: behold.ColleagueKey(q.Colleague), Nobodys: q.Nobodys}, q.Segment, q.Region}
	if key == (asked{order: o}) {
		return &answer{count: len(r.number)}
	}
	r.mu.Lock()
	found := r.answers.to(key)
	r.mu.Unlock()
	found.once.Do(func() { r.look(key, found) })
	return found
}

// look finds the answer; who asks the same meanwhile waits for it.
func (r *roll) look(q asked, found *answer) {
	found.places = make([]uint64, r.answers.words)
	wanted := r.wanted(q)
	r.find(q.words, func(row int32) {
		if wanted == nil || wanted(row) {
			at := q.order.place[row]
			found.places[at>>6] |= 1 << (at & 63)
			found.count++
		}
	})
}

// wanted says whether a row is among those asked for, the words aside; nil: all are.
func (r *roll) wanted(q asked) func(row int32) bool {
	var tests []func(row int32) bool
	for _, t := range []struct {
		column *coded
		word   string
	}{{&r.state, string(q.state)}, {&r.segment, q.segment}, {&r.region, q.region}} {
		if t.word != "" {
			of, code := t.column.of, t.column.code(t.word)
			tests = append(tests, func(row int32) bool { return of[row] == code })
		}
	}
	if q.whose.Colleague != "" {
		of, code, nobody := r.colleague.of, r.colleague.code(q.whose.Colleague), int32(-2)
		if q.whose.Nobodys {
			nobody = r.colleague.code("")
		}
		tests = append(tests, func(row int32) bool { return of[row] == code || of[row] == nobody })
	}
	if q.lamp != "" {
		bit := uint64(0)
		if i := slices.Index(r.lampKinds, q.lamp); i >= 0 {
			bit = 1 << i
		}
		tests = append(tests, func(row int32) bool { return r.lamps[row]&bit != 0 })
	}
	switch len(tests) {
	case 0:
		return nil
	case 1:
		return tests[0]
	}
	return func(row int32) bool {
		for _, test := range tests {
			if !test(row) {
				return false
			}
		}
		return true
	}
}
