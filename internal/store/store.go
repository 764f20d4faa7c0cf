// Package store keeps the state: what is so now and may be otherwise tomorrow.
// It is a door on the second floor: rows to nouns and back; it decides nothing.
// Before it comes round, which hands over what a walk past every customer came
// to; after it come the pages and the command line, which ask for lists.
//
// It is SQLite in one file. The texts in sql/ and migration/ keep to what
// PostgreSQL understands as well, days are text like 2025-03-14 and times are
// UTC text of fixed width, so both sort as they are.
//
// Lamps are kept by round: the rows of a day are all that was lit at its end,
// with what was known then, and all that went out on it. So a list of an
// earlier day says what it said that day, and rounds may be made in any order.
//
// What colleagues decide about lamps (acts) and how they think customers feel
// (moods) is a log: the latest holds, nothing is overwritten. An act changes the
// lamps of the last round, from which the next one starts, and is carried out
// again when the round after which it was decided is made once more.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the engine

	"behold"
)

//go:embed sql/*.sql
var queries embed.FS

//go:embed migration/*.sql
var migrations embed.FS

// A Store is one open file of state. Its methods may be called from many
// goroutines at once.
type Store struct{ db *sql.DB }

// Open opens the store in the file path, making it when it is not there, and
// brings its schema to this release's. A file that is torn or is something else
// is Invalid.
func Open(ctx context.Context, path string) (s *Store, err error) {
	defer func() {
		if err != nil {
			err = openError(path, err)
		}
	}()
	db, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, db); err != nil {
		db.Close()
		return nil, err
	}
	return &Store{db}, nil
}

// dsn asks for a journal that survives kill -9, readers that do not wait for the
// writer, and writers that take their turn from the start of a transaction, so
// that none fails half-way.
func dsn(path string) string {
	set := url.Values{}
	for _, p := range []string{"journal_mode(wal)", "synchronous(normal)", "foreign_keys(on)", "busy_timeout(10000)"} {
		set.Add("_pragma", p)
	}
	set.Set("_txlock", "immediate")
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: set.Encode()}).String()
}

func migrate(ctx context.Context, db *sql.DB) error {
	steps, err := fs.Sub(migrations, "migration")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, steps, goose.WithAllowOutofOrder(true))
	if err != nil {
		return err
	}
	done, err := p.Up(ctx)
	if err != nil || len(done) == 0 {
		return err
	}
	return countLast(ctx, db)
}

// countLast counts the last round the way this release counts: one before it may
// have kept less.
func countLast(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	last, err := readSums(ctx, tx, behold.NoDay)
	if err != nil || !last.Day.Known() {
		return err
	}
	if err := sumAnew(ctx, tx, last.Day); err != nil {
		return err
	}
	return tx.Commit()
}

// openError turns what the engine says about a file into words.
func openError(path string, err error) error {
	e := &behold.Error{Kind: behold.Unavailable, Say: "could not open the store " + path, Err: err}
	switch said := err.Error(); {
	case strings.Contains(said, "not a database"), strings.Contains(said, "malformed"):
		e.Kind, e.Hint = behold.Invalid, "the file is torn or is something else; restore a backup, or move it away"
	case strings.Contains(said, "locked"):
		e.Kind, e.Hint = behold.Conflict, "another program holds it; try again"
	case errors.Is(err, fs.ErrPermission), strings.Contains(said, "readonly"):
		e.Kind, e.Hint = behold.Forbidden, "check who owns the data folder"
	}
	return e
}

// Close lets go of the file.
func (s *Store) Close() error {
	err := s.db.Close()
	return wrap(&err, "close the store")
}

// Check reads the whole file and says what is broken in it, if anything.
func (s *Store) Check(ctx context.Context) (err error) {
	defer func() { wrap(&err, "check the store") }()
	var says string
	if err := s.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&says); err != nil {
		return err
	}
	if says != "ok" {
		return &behold.Error{Kind: behold.Invalid, Code: "torn_store", Say: "the store is torn: " + says, Hint: "restore a backup"}
	}
	return nil
}

// query is the text of sql/name.sql. A name that is not there is a broken program.
func query(name string) string {
	text, err := queries.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic(err)
	}
	return string(text)
}

// wrap says once what was tried. An error that already has its words keeps them.
func wrap(err *error, tried string, args ...any) error {
	var said *behold.Error
	if *err == nil || errors.As(*err, &said) || errors.Is(*err, context.Canceled) || errors.Is(*err, context.DeadlineExceeded) {
		return *err
	}
	e := &behold.Error{Say: "could not " + fmt.Sprintf(tried, args...), Err: *err}
	if text := (*err).Error(); strings.Contains(text, "disk") || strings.Contains(text, "full") {
		e.Kind, e.Code, e.Hint = behold.Unavailable, "disk", "check the space on the disk; nothing was changed"
	}
	*err = e
	return e
}

const timeForm = "2006-01-02T15:04:05.000000Z"

// A moment is a time.Time as text.
type moment struct{ time.Time }

func (m *moment) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("a time is stored as %T", v)
	}
	t, err := time.Parse(timeForm, text)
	m.Time = t
	return err
}

func timeText(t time.Time) string { return t.UTC().Format(timeForm) }

// A day is a behold.Day as text; an unknown one is null.
type day struct{ behold.Day }

func (d *day) Scan(v any) error {
	text, ok := v.(string)
	if v != nil && !ok {
		return fmt.Errorf("a day is stored as %T", v)
	}
	return d.UnmarshalText([]byte(text))
}

func dayText(d behold.Day) any {
	if !d.Known() {
		return nil
	}
	return d.String()
}
