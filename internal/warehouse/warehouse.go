package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	_ "github.com/duckdb/duckdb-go/v2" // the engine

	"behold"
)

// A Warehouse is one open file of facts. Its methods may be called from many
// goroutines at once.
type Warehouse struct {
	db      *sql.DB
	writing chan struct{} // holds one token; who has it is the writer

	writes atomic.Int64 // how often the facts changed
	rounds atomic.Int64 // how often standings were saved
	roll   rollKeeper
	kept   kept
	mu     sync.Mutex
	memo   memo
	extent *extent
}

// Options of a warehouse. The zero Options suit a server.
type Options struct {
	MemoryBytes int64 // most that the engine may take; 0: 60 % of the machine, 16 GB at most
	Threads     int   // 0: all cores
}

// Open opens the warehouse in the file path, making it when it is not there; the
// path "" is a warehouse in memory that nobody will see again. A file that is
// torn or belongs to something else is Invalid, one that another process has
// open is Conflict, and one that a newer release made is Conflict.
func Open(ctx context.Context, path string, opt Options) (*Warehouse, error) {
	db, err := sql.Open("duckdb", dsn(path, opt))
	if err == nil {
		err = db.PingContext(ctx)
	}
	if err != nil {
		return nil, openError(path, err)
	}
	w := &Warehouse{db: db, writing: make(chan struct{}, 1)}
	if err := w.migrate(ctx, path); err != nil {
		db.Close()
		return nil, err
	}
	return w, nil
}

// Close writes what is left to the file and lets go of it.
func (w *Warehouse) Close() error { return wrap(w.db.Close(), "close the warehouse") }

// openError turns what the engine says about a file into words.
func openError(path string, err error) error {
	said := err.Error()
	e := &behold.Error{Kind: behold.Unavailable, Say: "could not open the warehouse " + path, Err: err}
	switch {
	case strings.Contains(said, "set lock on file"):
		e.Kind = behold.Conflict
		e.Hint = "another behold has it open; stop it, or let it do this"
	case errors.Is(err, fs.ErrPermission) || strings.Contains(said, "Permission denied"):
		e.Kind = behold.Forbidden
		e.Hint = "check who owns the data folder"
	default:
		if _, missing := os.Stat(path); missing == nil {
			e.Kind = behold.Invalid
			e.Hint = "the file is torn or is not a warehouse; restore a backup, or move it away and import the kept files again"
		}
	}
	return e
}

// migrate brings the schema to this release's version, one numbered file after
// the other, each in its own transaction.
func (w *Warehouse) migrate(ctx context.Context, path string) error {
	have, err := w.version(ctx, path)
	if err != nil {
		return err
	}
	steps, err := fs.Glob(migrations, "migration/*.sql")
	if err != nil {
		return err
	}
	if have > len(steps) {
		return &behold.Error{Kind: behold.Conflict, Hint: "use that release, or restore a backup made before it",
			Say: fmt.Sprintf("the warehouse %s was made by a newer release (schema %d, this one knows %d)", path, have, len(steps))}
	}
	for i := have; i < len(steps); i++ {
		if err := w.step(ctx, steps[i], i+1); err != nil {
			return wrap(err, "bring the warehouse %s to schema %d", path, i+1)
		}
	}
	return nil
}

// version is the schema of the file: 0 for an empty one.
func (w *Warehouse) version(ctx context.Context, path string) (int, error) {
	var tables, ours int
	if err := w.db.QueryRowContext(ctx, query("schema.tables")).Scan(&tables, &ours); err != nil {
		return 0, openError(path, err)
	}
	if tables == 0 {
		return 0, nil
	}
	if ours == 0 {
		return 0, &behold.Error{Kind: behold.Invalid, Say: "the file " + path + " belongs to something else: it has tables, and none of them is ours",
			Hint: "point the data folder elsewhere"}
	}
	var have int
	err := w.db.QueryRowContext(ctx, "select coalesce(max(version), 0) from behold_schema").Scan(&have)
	return have, wrap(err, "read the schema of %s", path)
}

func (w *Warehouse) step(ctx context.Context, file string, number int) error {
	text, err := migrations.ReadFile(file)
	if err != nil {
		return err
	}
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, do := range []string{
		"create table if not exists behold_schema (version integer not null)",
		string(text),
		"insert into behold_schema values (" + strconv.Itoa(number) + ")",
	} {
		if _, err := tx.ExecContext(ctx, do); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// write waits for its turn and runs do in one transaction.
func (w *Warehouse) write(ctx context.Context, do func(*sql.Conn) error) error {
	conn, err := w.begin(ctx)
	if err != nil {
		return err
	}
	if err := do(conn); err != nil {
		return errors.Join(err, w.end(conn, "rollback"))
	}
	return w.end(conn, "commit")
}

// begin waits for the writer's turn and opens a transaction on a connection of
// its own. Who gets it must call end.
func (w *Warehouse) begin(ctx context.Context) (*sql.Conn, error) {
	select {
	case w.writing <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	conn, err := w.db.Conn(ctx)
	if err == nil {
		if _, err = conn.ExecContext(ctx, "begin transaction"); err == nil {
			return conn, nil
		}
		conn.Close()
	}
	<-w.writing
	return nil, err
}

// end commits or rolls back, closes the connection and lets the next writer in.
// It does not listen to a context: a cancelled import must still be rolled back.
func (w *Warehouse) end(conn *sql.Conn, how string) error {
	_, err := conn.ExecContext(context.Background(), how)
	if err != nil && how == "commit" {
		conn.ExecContext(context.Background(), "rollback")
	}
	err = errors.Join(err, conn.Close())
	<-w.writing
	return err
}

// wrap says once what was tried. An error that already has its words keeps them.
func wrap(err error, tried string, args ...any) error {
	var said *behold.Error
	if err == nil || errors.As(err, &said) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e := &behold.Error{Say: "could not " + fmt.Sprintf(tried, args...), Err: err}
	text := err.Error()
	if strings.Contains(text, "No space left") || strings.Contains(text, "Out of Memory") || strings.Contains(text, "IO Error") {
		e.Kind, e.Code, e.Hint = behold.Unavailable, "disk", "check the space on the disk and the memory; nothing was changed"
	}
	return e
}
