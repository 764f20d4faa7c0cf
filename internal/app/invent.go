package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"

	"behold"
	"behold/internal/round"
	"behold/internal/sample"
)

// An InventedShop says which invented shop is wanted.
type InventedShop struct {
	Customers int64
	Seed      uint64
}

// UsualShop is the invented shop that pages show.
func UsualShop() InventedShop { return InventedShop{Customers: 300, Seed: 1} }

// Invention is how the invented shop stands in this data folder.
func (a *App) Invention(ctx context.Context) (behold.Invention, error) { return a.State.Invention(ctx) }

// Invent fills the data folder with the invented shop and walks its first
// round. It goes on with one that a crash cut short; one that is there already
// is left as it is. progress is told thousandths.
//
// Invent is Conflict when anything real is recorded, or the shop is on its way out.
func (a *App) Invent(ctx context.Context, shop InventedShop, progress func(done, total int64)) (*behold.Round, error) {
	a.work.Lock()
	defer a.work.Unlock()
	if progress == nil {
		progress = func(int64, int64) {}
	}
	i, err := a.beginInvention(ctx, shop)
	if err != nil || i.Stage == behold.InventionFull {
		return nil, err
	}
	if err := a.fillInvented(ctx, i, progress); err != nil {
		return nil, err
	}
	if err := a.inventSteps(ctx, i.Until); err != nil {
		return nil, err
	}
	opt := a.roundOptions(func(done, total int64) { progress(filesShare+(1000-filesShare)*done/max(total, 1), 1000) })
	if opt.Lists, err = a.lists(ctx, i.Until, behold.DayOf(time.Now())); err != nil {
		return nil, err
	}
	if opt.Texts, err = a.texts(ctx, i.Until, behold.DayOf(time.Now())); err != nil {
		return nil, err
	}
	if opt.Asked, err = a.asked(ctx, i.Until); err != nil {
		return nil, err
	}
	r, err := round.Run(ctx, i.Until, a.Facts, a.State, opt)
	if err != nil {
		return nil, err
	}
	if err := a.inventCases(ctx, i.Until); err != nil {
		return nil, err
	}
	if err := a.inventTeam(ctx, i.Until); err != nil {
		return nil, err
	}
	i.Stage = behold.InventionFull
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return r, a.State.SaveInvention(ctx, i, settings)
}

// filesShare is the thousandths of the work that reading the files is.
const filesShare = 700

// beginInvention notes that the shop is coming, before anything of it is there.
func (a *App) beginInvention(ctx context.Context, shop InventedShop) (i behold.Invention, err error) {
	if i, err = a.State.Invention(ctx); err != nil {
		return i, err
	}
	switch i.Stage {
	case behold.InventionFilling, behold.InventionFull:
		return i, nil
	case behold.InventionLeaving:
		return i, &behold.Error{Kind: behold.Conflict, Code: "invention_leaving", Say: "the invented shop is being removed", Hint: "finish that first"}
	}
	if real, err := a.realImports(ctx); err != nil || real > 0 {
		if err == nil {
			err = &behold.Error{Kind: behold.Conflict, Code: "invention_beside", Say: "there are files of your own here", Hint: "the invented shop only comes into an empty data folder"}
		}
		return i, err
	}
	before, err := a.State.Settings(ctx)
	if err != nil {
		return i, err
	}
	i = behold.Invention{Stage: behold.InventionFilling, Customers: shop.Customers, Seed: shop.Seed, Until: behold.DayOf(time.Now()) - 1, Before: before}
	return i, a.State.SaveInvention(ctx, i, asInvented(before))
}

// asInvented are the settings of the invented company, whose seat and money are
// its own.
func asInvented(set behold.Settings) behold.Settings {
	set.Company, set.Currency, set.Country, set.SurpriseBudget = "Kløverhavn Engros", "DKK", "DK", 6000
	set.HourRate = 450
	return set
}

// restored gives the company back what it had before the shop came, apart from
// what somebody changed since.
func restored(now, before behold.Settings) behold.Settings {
	theirs := asInvented(now)
	if now.Company == theirs.Company {
		now.Company = before.Company
	}
	if now.Currency == theirs.Currency {
		now.Currency = before.Currency
	}
	if now.Country == theirs.Country {
		now.Country = before.Country
	}
	if now.SurpriseBudget == theirs.SurpriseBudget {
		now.SurpriseBudget = before.SurpriseBudget
	}
	if now.HourRate == theirs.HourRate {
		now.HourRate = before.HourRate
	}
	return now
}

// realImports counts the imports that are here and not the invented shop's.
func (a *App) realImports(ctx context.Context) (n int, err error) {
	receipts, err := a.Facts.Imports(ctx)
	for _, r := range receipts {
		if r.UndoneAt.IsZero() && r.Source != behold.InventedSource {
			n++
		}
	}
	return n, err
}

// fillInvented writes the shop's files and imports those that are not there.
func (a *App) fillInvented(ctx context.Context, i behold.Invention, progress func(done, total int64)) error {
	dir := a.path("invented")
	defer os.RemoveAll(dir) // one that a crash leaves behind is written over
	err := sample.Write(ctx, dir, sample.Options{Customers: i.Customers, Months: 36, Seed: i.Seed, Until: i.Until})
	if err != nil {
		return err
	}
	there, err := a.Facts.Imports(ctx)
	if err != nil {
		return err
	}
	tables := behold.Tables()
	for n, table := range tables {
		file := string(table) + ".csv"
		here := func(r behold.Receipt) bool {
			return r.UndoneAt.IsZero() && r.Source == behold.InventedSource && r.Table == table
		}
		if !slices.ContainsFunc(there, here) {
			if _, err := a.importFile(ctx, ImportJob{Path: filepath.Join(dir, file), File: file, As: table, Source: behold.InventedSource}); err != nil {
				return err
			}
		}
		progress(int64(n+1)*filesShare/int64(len(tables)), 1000)
	}
	return a.inventAsked(ctx, dir, i.Until)
}

// RemoveInvented takes the invented shop out, with all that was done with it:
// imports, kept files, rounds, lamps, acts and whatever else was noted about its
// customers. What a crash cuts short is gone on with when it is called again.
//
// RemoveInvented is NotFound when no such shop is there.
func (a *App) RemoveInvented(ctx context.Context) error {
	a.work.Lock()
	defer a.work.Unlock()
	i, err := a.State.Invention(ctx)
	if err != nil {
		return err
	}
	if i.Stage == behold.NotInvented {
		return &behold.Error{Kind: behold.NotFound, Code: "invention_none", Say: "no invented shop is here"}
	}
	now, err := a.State.Settings(ctx)
	if err != nil {
		return err
	}
	i.Stage = behold.InventionLeaving
	if err := a.State.SaveInvention(ctx, i, now); err != nil {
		return err
	}
	files, err := a.inventedFiles(ctx)
	if err != nil {
		return err
	}
	for _, sha := range files { // before the receipts that know them
		if err := os.Remove(a.keptPath(sha)); err != nil && !os.IsNotExist(err) {
			return &behold.Error{Kind: behold.Unavailable, Code: "disk", Say: "a file of the invented shop cannot be removed", Err: err}
		}
	}
	if err := a.Facts.Forget(ctx, behold.InventedSource); err != nil {
		return err
	}
	return a.State.ForgetInvented(ctx, restored(now, i.Before))
}

// inventedFiles are the copies that only imports of the invented shop brought.
func (a *App) inventedFiles(ctx context.Context) (own []string, err error) {
	receipts, err := a.Facts.Imports(ctx)
	for _, r := range receipts {
		others := func(o behold.Receipt) bool { return o.Source != behold.InventedSource && o.SHA256 == r.SHA256 }
		if r.Source == behold.InventedSource && !slices.ContainsFunc(receipts, others) {
			own = append(own, r.SHA256)
		}
	}
	return own, err
}

// besideInvented refuses real data beside invented ones: no figure would be
// true of either.
func (a *App) besideInvented(ctx context.Context, job ImportJob) error {
	if job.Source == behold.InventedSource || job.again != nil || job.DryRun {
		return nil
	}
	i, err := a.State.Invention(ctx)
	if err == nil && i.Stage != behold.NotInvented {
		err = &behold.Error{Kind: behold.Conflict, Code: "invention_here", Say: "the invented shop is still here", Hint: "remove it first; your files can come after"}
	}
	return err
}
