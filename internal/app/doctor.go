package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"behold"
	"behold/internal/lamp"
)

// A Finding is one thing that the doctor looked at.
type Finding struct {
	What  string
	State string // ok, look, broken
	Says  string
	Hint  string
}

// Examine looks at the data folder: is everything whole and up to date, how many
// rows has each table, which lamps have data, and what would switch on the others?
func (a *App) Examine(ctx context.Context) ([]Finding, error) {
	var all []Finding
	for _, look := range []func(context.Context) ([]Finding, error){
		a.examineStore, a.examineFiles, a.examineFacts, a.examineSettings, a.examineTables, a.examineLamps,
	} {
		found, err := look(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

func (a *App) examineStore(ctx context.Context) ([]Finding, error) {
	if err := a.State.Check(ctx); err != nil {
		return []Finding{{"store", "broken", err.Error(), "restore a backup; the facts in the warehouse are not touched by it"}}, nil
	}
	return []Finding{{What: "store", State: "ok", Says: "store.sqlite is whole"}}, nil
}

// examineFiles compares every kept file with what its import says it was.
func (a *App) examineFiles(ctx context.Context) ([]Finding, error) {
	receipts, err := a.Facts.Imports(ctx)
	if err != nil {
		return nil, err
	}
	var out []Finding
	known := map[string]bool{}
	for _, r := range receipts {
		known[r.SHA256] = true
		if sum, err := hashOf(ctx, a.keptPath(r.SHA256)); err != nil || sum != r.SHA256 {
			out = append(out, Finding{"kept files", "broken", fmt.Sprintf("the copy of import %d (%s) is missing or was changed", r.Import, r.File),
				"the facts are there, but undo of an earlier import cannot read this one again; import the file once more"})
		}
	}
	files, _ := os.ReadDir(a.path("files"))
	for _, f := range files {
		if !known[f.Name()] {
			out = append(out, Finding{"kept files", "look", "files/" + f.Name() + " belongs to no import: one was cut short", "it can be removed"})
		}
	}
	if len(out) == 0 {
		out = append(out, Finding{What: "kept files", State: "ok", Says: fmt.Sprintf("%d imports, every file is there and unchanged", len(receipts))})
	}
	return out, nil
}

func hashOf(ctx context.Context, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, &interruptible{ctx, f})
	return hex.EncodeToString(sum.Sum(nil)), err
}

func (a *App) examineFacts(ctx context.Context) ([]Finding, error) {
	today := behold.DayOf(time.Now())
	extent, err := a.Facts.Extent(ctx, today)
	if err != nil {
		return nil, err
	}
	if extent.Lines == 0 {
		return []Finding{{"orders", "look", "there are no orders", "behold import FILE"}}, nil
	}
	says := fmt.Sprintf("%d order lines of %d customers, from %s to %s", extent.Lines, extent.Customers, extent.First, extent.Last)
	out := []Finding{{What: "orders", State: "ok", Says: says}}
	if old := int(today - extent.Last); old > 7 {
		out[0].State, out[0].Hint = "look", fmt.Sprintf("the last order is %d days old: import newer files, or lamps tell of the past", old)
	}
	last, ok, err := a.State.LastRound(ctx, behold.NoDay)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		out = append(out, Finding{"round", "look", "no round has been walked", "behold round"})
	case last.Day < extent.Last && last.Day < today:
		out = append(out, Finding{"round", "look", "the last round is of " + last.Day.String() + ", the data goes on to " + extent.Last.String(), "behold round"})
	default:
		out = append(out, Finding{What: "round", State: "ok", Says: "the last round is of " + last.Day.String()})
	}
	return out, nil
}

func (a *App) examineSettings(ctx context.Context) ([]Finding, error) {
	s, err := a.State.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if s.Currency == "" {
		return []Finding{{"settings", "look", "nobody has said in which currency prices are, where files do not", "behold config set currency DKK"}}, nil
	}
	return []Finding{{What: "settings", State: "ok", Says: "prices without a currency are in " + s.Currency}}, nil
}

// examineTables counts the rows that the imports brought, table by table.
func (a *App) examineTables(ctx context.Context) ([]Finding, error) {
	receipts, err := a.Facts.Imports(ctx)
	if err != nil {
		return nil, err
	}
	rows := map[behold.Table]int64{}
	for _, r := range receipts {
		if r.UndoneAt.IsZero() {
			rows[r.Table] += r.Kept
		}
	}
	var out []Finding
	for _, t := range behold.Tables() {
		f := Finding{What: "table " + string(t), State: "ok", Says: fmt.Sprintf("rows: %d", rows[t])}
		if rows[t] == 0 {
			f.State, f.Says, f.Hint = "look", "no rows", "behold import FILE --as "+string(t)
		}
		out = append(out, f)
	}
	return out, nil
}

// examineLamps says of each lamp whether it has data, and what would switch it on.
func (a *App) examineLamps(ctx context.Context) ([]Finding, error) {
	const few = 1 << 20 // parts: what a company has is told with any of them
	deals, err := a.Facts.Dealings(ctx, behold.DayOf(time.Now()), behold.Part{Of: few})
	if err != nil {
		return nil, err
	}
	var out []Finding
	for _, rule := range lamp.Rules() {
		out = append(out, lampFinding(&rule, deals.Has))
	}
	return out, nil
}

func lampFinding(rule *lamp.Rule, has []behold.Table) Finding {
	f := Finding{What: "lamp " + string(rule.Kind), State: "ok", Says: "has data"}
	var used, missing []string
	for _, table := range rule.Needs {
		if slices.Contains(has, table) {
			used = append(used, string(table))
		} else {
			missing = append(missing, string(table))
		}
	}
	switch {
	case len(rule.Lacks(has)) == 0:
		f.Says += ": " + strings.Join(used, ", ")
	case rule.AnyOf:
		f.State, f.Says = "look", "no data"
		f.Hint = "one of these files switches it on: " + strings.Join(missing, ", ")
	default:
		f.State, f.Says = "look", "no data"
		f.Hint = "switched on by: " + strings.Join(missing, ", ")
	}
	return f
}

// Folder is where the data lies.
func (a *App) Folder() string {
	if abs, err := filepath.Abs(a.config.Data); err == nil {
		return abs
	}
	return a.config.Data
}
