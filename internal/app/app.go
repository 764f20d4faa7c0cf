package app

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"time"

	"behold/internal/store"
	"behold/internal/warehouse"
	"behold/internal/web"
)

// An App is a data folder, opened: the warehouse of facts, the store of state,
// and the files that were imported.
type App struct {
	Facts *warehouse.Warehouse
	State *store.Store

	config Config
	folder *folder
	opened time.Time
	code   string // by which the first owner is made from elsewhere
	fronts []netip.Prefix
	log    *slog.Logger
	live   *web.Live  // what open pages are told by
	work   sync.Mutex // held by whoever writes facts or walks a round
	outbox outbox

	effects effects
	learned learned
	reader  reader
}

// Open takes the data folder for this process and opens what lies in it. does
// says what for, to whoever finds the folder taken. An undo that a crash cut
// short is finished first.
func Open(ctx context.Context, c Config, does string) (*App, error) {
	folder, err := lockFolder(c.Data, does)
	if err != nil {
		return nil, err
	}
	a := &App{config: c, folder: folder, opened: time.Now(), code: newCode(), live: web.NewLive(), log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level(c.Log)}))}
	if err := a.openDoors(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *App) openDoors(ctx context.Context) (err error) {
	if err := a.config.readFile(); err != nil {
		return err
	}
	a.log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level(a.config.Log)}))
	if a.fronts, err = a.config.proxies(); err != nil {
		return err
	}
	if _, err := a.config.base(); err != nil {
		return err
	}
	memory, err := a.config.memoryBytes()
	if err != nil {
		return err
	}
	if a.State, err = store.Open(ctx, a.path("store.sqlite")); err != nil {
		return err
	}
	a.Facts, err = warehouse.Open(ctx, a.path("facts.duckdb"), warehouse.Options{MemoryBytes: memory, Threads: a.config.Threads})
	if err != nil {
		return err
	}
	return a.Facts.Resume(ctx, a.readAgain)
}

// Close gives everything back. Facts and state are on disk already.
func (a *App) Close() error {
	var errs []error
	if a.Facts != nil {
		errs = append(errs, a.Facts.Close())
	}
	if a.State != nil {
		errs = append(errs, a.State.Close())
	}
	return errors.Join(append(errs, a.folder.unlock())...)
}

// Config is the configuration in force.
func (a *App) Config() Config { return a.config }

// Log is where machines' words go.
func (a *App) Log() *slog.Logger { return a.log }

func (a *App) path(name string) string { return filepath.Join(a.config.Data, name) }

func level(name string) slog.Level {
	var l slog.Level
	if err := l.UnmarshalText([]byte(name)); err != nil {
		return slog.LevelInfo
	}
	return l
}
