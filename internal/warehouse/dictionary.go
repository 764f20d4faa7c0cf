package warehouse

import (
	"context"
	"database/sql"
	"strings"

	"behold"
)

// A dictionary gives words their dense numbers. Words are compared by
// behold.CustomerKey; the spelling seen first is kept.
//
// A word whose spelling was undone keeps its number and waits, unseen, to be
// spelled again.
type dictionary struct {
	table   string
	numbers map[string]int32 // by key
	spelled *spellings       // so that most words need no folding
	unseen  map[int32]bool   // has a number, but nobody spells it now
	next    int32
	fresh   []word // to be added at the end of the import
	again   []word // to be spelled again
}

type word struct {
	number int32
	key    string
	id     string
}

func (d *dictionary) load(ctx context.Context, conn *sql.Conn) error {
	d.numbers, d.spelled, d.unseen = map[string]int32{}, newSpellings(), map[int32]bool{}
	rows, err := conn.QueryContext(ctx, query(d.table+".words"))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int32
		var key string
		var id sql.NullString
		if err := rows.Scan(&n, &key, &id); err != nil {
			return err
		}
		d.numbers[key] = n
		d.next = max(d.next, n+1)
		if id.Valid {
			d.spelled.add(id.String, n)
		} else {
			d.unseen[n] = true
		}
	}
	return rows.Err()
}

// of is the number of a word; a word that was never seen gets the next one.
func (d *dictionary) of(id string) int32 {
	var one [1]int32
	return d.many(one[:0], []string{id})[0]
}

// many appends the numbers of words to those given, -1 for an empty word.
func (d *dictionary) many(numbers []int32, words []string) []int32 {
	for len(words) > 0 {
		part := words[:min(abreast, len(words))]
		words = words[len(part):]
		d.spelled.prepare(part)
		for i, w := range part {
			if w == "" {
				numbers = append(numbers, -1)
				continue
			}
			n, known := d.spelled.of(i, w)
			if !known {
				n = d.meet(w)
			}
			numbers = append(numbers, n)
		}
	}
	return numbers
}

func (d *dictionary) meet(id string) int32 {
	id = strings.Clone(id) // the caller's memory will be used again
	key := behold.CustomerKey(id)
	n, ok := d.numbers[key]
	switch {
	case !ok:
		n = d.next
		d.next++
		d.numbers[key] = n
		d.fresh = append(d.fresh, word{n, key, id})
	case d.unseen[n]:
		delete(d.unseen, n)
		d.again = append(d.again, word{n, key, id})
	}
	d.spelled.add(id, n)
	return n
}

// save writes what the import added.
func (d *dictionary) save(ctx context.Context, conn *sql.Conn, id int64) error {
	if err := d.put(ctx, conn, d.table, d.fresh, id); err != nil || len(d.again) == 0 {
		return err
	}
	if _, err := conn.ExecContext(ctx, query("word.again")); err != nil {
		return err
	}
	if err := d.put(ctx, conn, "word_again", d.again, id); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, query(d.table+".again"))
	return err
}

func (d *dictionary) put(ctx context.Context, conn *sql.Conn, table string, words []word, id int64) error {
	const run = 1 << 17
	b := &batch{table: table}
	number, key := b.column("number", asInt), b.column("word", asText)
	shown, by := b.column("id", asText), b.column("import_id", asBig)
	for len(words) > 0 {
		part := words[:min(run, len(words))]
		words = words[len(part):]
		for _, w := range part {
			number.addInt(w.number)
			key.addWords([]string{w.key})
			shown.addWords([]string{w.id})
		}
		by.sameBig(id, len(part))
		b.rows = len(part)
		if err := put(ctx, conn, b); err != nil {
			return err
		}
		b.reset()
	}
	return nil
}
