package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"behold"
)

// A roll is the list of customers after the last round, in memory, in columns
// and in order of ids: a million of them take about 200 MB. The engine reads a
// million rows in milliseconds, but not for fifty readers at once.
type roll struct {
	version rollVersion
	day     behold.Day // NoDay: no round left standings

	shown, folded texts // id and name as they are, and in lower case, a line break between
	number        []int32
	orders        []int32
	occasions     []int32
	last          []int32
	silent        []int32
	calibrated    []bool
	gap, loyalty  []float32
	leave         [3]column32 // chance, low, high
	value, atRisk []int64
	lamps         []uint64 // a bit for each of lampKinds
	state         coded
	colleague     coded
	segment       coded
	region        coded
	currency      coded
	lampKinds     []behold.LampKind
	scored        bool // anybody has a loyalty index

	pairs   pairs
	mu      sync.Mutex
	orderOf map[string]*order
	answers answers
}

type column32 []float32

// A rollVersion says which facts and which rounds a roll was made from.
type rollVersion struct{ writes, rounds int64 }

// A coded column has few different words.
type coded struct {
	words []string
	codes map[string]int32
	of    []int32
}

func (c *coded) add(word string) {
	code, known := c.codes[word]
	if !known {
		if c.codes == nil {
			c.codes = map[string]int32{}
		}
		code = int32(len(c.words))
		word = strings.Clone(word)
		c.words, c.codes[word] = append(c.words, word), code
	}
	c.of = append(c.of, code)
}

func (c *coded) at(row int32) string { return c.words[c.of[row]] }

// code is that of a word; -1 when no row has it.
func (c *coded) code(word string) int32 {
	if code, ok := c.codes[word]; ok {
		return code
	}
	return -1
}

// said are the words that rows have, the empty one left out.
func (c *coded) said() []string {
	list := slices.DeleteFunc(slices.Clone(c.words), func(w string) bool { return w == "" })
	slices.Sort(list)
	return list
}

// texts are the texts of all rows, one behind the other.
type texts struct {
	all  []byte
	ends []uint32
}

func (t *texts) add(parts ...string) {
	for i, p := range parts {
		if i > 0 {
			t.all = append(t.all, '\n')
		}
		t.all = append(t.all, p...)
	}
	t.ends = append(t.ends, uint32(len(t.all)))
}

func (t *texts) at(row int32) []byte {
	from := uint32(0)
	if row > 0 {
		from = t.ends[row-1]
	}
	return t.all[from:t.ends[row]]
}

// A rollKeeper keeps the roll until the facts or the rounds change. Who comes
// while it is made waits for it.
type rollKeeper struct {
	mu   sync.Mutex
	roll *roll
}

// theRoll is the list of customers as it is now.
func (w *Warehouse) theRoll(ctx context.Context) (*roll, error) {
	w.roll.mu.Lock()
	defer w.roll.mu.Unlock()
	now := w.changes()
	if w.roll.roll != nil && w.roll.roll.version == now {
		return w.roll.roll, nil
	}
	made, err := w.makeRoll(ctx, now)
	if err == nil {
		w.roll.roll = made
	}
	return made, err
}

func (w *Warehouse) makeRoll(ctx context.Context, now rollVersion) (*roll, error) {
	r := &roll{version: now, day: behold.NoDay, orderOf: map[string]*order{}}
	var day time.Time
	var horizon int
	err := w.db.QueryRowContext(ctx, query("standing.last"), until(behold.NoDay), 0).Scan(&day, &horizon)
	if errors.Is(err, sql.ErrNoRows) {
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	r.day = behold.DayOf(day)
	if err := scan(ctx, w.db, query("roll.list"), r.take, day, horizon); err != nil {
		return nil, err
	}
	r.pairs = pairsOf(&r.folded)
	r.answers.words = (len(r.number) + 63) / 64
	return r, nil
}

// take adds the rows of a block.
func (r *roll) take(b *block) error {
	kinds := map[behold.LampKind]int{}
	for i, k := range r.lampKinds {
		kinds[k] = i
	}
	r.number = append(r.number, b.ints[0]...)
	r.orders, r.occasions = append(r.orders, b.ints[9]...), append(r.occasions, b.ints[10]...)
	r.last, r.silent = append(r.last, b.ints[11]...), append(r.silent, b.ints[12]...)
	r.value, r.atRisk = append(r.value, b.bigs[19]...), append(r.atRisk, b.bigs[20]...)
	for i := range b.rows {
		id, name := oneLine(b.texts[1][i]), oneLine(b.texts[2][i])
		r.shown.add(id, name)
		r.folded.add(strings.ToLower(id), strings.ToLower(name))
		r.colleague.add(b.texts[3][i])
		r.segment.add(b.texts[4][i])
		r.region.add(b.texts[5][i])
		r.state.add(b.texts[6][i])
		r.lamps = append(r.lamps, r.lampBits(kinds, b.texts[7][i]))
		r.currency.add(b.texts[8][i])
		r.calibrated = append(r.calibrated, b.ints[13][i] != 0)
		r.gap = append(r.gap, float32(b.reals[14][i]))
		for k := range r.leave {
			r.leave[k] = append(r.leave[k], float32(b.reals[15+k][i]))
		}
		r.loyalty = append(r.loyalty, float32(b.reals[18][i]))
		r.scored = r.scored || b.reals[18][i] >= 0
	}
	return nil
}

// oneLine keeps the line break for what it parts.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// lampBits are the kinds of lamps of one row.
func (r *roll) lampBits(kinds map[behold.LampKind]int, lamps string) (bits uint64) {
	if lamps == "" {
		return 0
	}
	for name := range strings.SplitSeq(lamps, ";") {
		k := behold.LampKind(name)
		i, known := kinds[k]
		if !known {
			i = len(r.lampKinds)
			k = behold.LampKind(strings.Clone(name))
			r.lampKinds, kinds[k] = append(r.lampKinds, k), i
		}
		bits |= 1 << (i & 63)
	}
	return bits
}

// row is what the list shows of a row.
func (r *roll) row(i int32) behold.Listed {
	id, name, _ := strings.Cut(string(r.shown.at(i)), "\n")
	currency := r.currency.at(i)
	l := behold.Listed{
		Number: r.number[i], ID: id, Name: name, Colleague: r.colleague.at(i), Segment: r.segment.at(i), Region: r.region.at(i),
		State: behold.CustomerState(r.state.at(i)), Orders: r.orders[i], Occasions: r.occasions[i],
		Last: behold.Day(r.last[i]), UsualGap: float64(r.gap[i]), SilentDays: r.silent[i],
		ChanceLeave: float64(r.leave[0][i]), ChanceLeaveLow: float64(r.leave[1][i]), ChanceLeaveHigh: float64(r.leave[2][i]), Calibrated: r.calibrated[i],
		Value: behold.Money{Minor: r.value[i], Currency: currency}, MoneyAtRisk: behold.Money{Minor: r.atRisk[i], Currency: currency},
		LoyaltyIndex: float64(r.loyalty[i]),
	}
	for k, kind := range r.lampKinds {
		if r.lamps[i]&(1<<k) != 0 {
			l.Lamps = append(l.Lamps, kind)
		}
	}
	return l
}
