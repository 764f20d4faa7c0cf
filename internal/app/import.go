package app

import (
	"cmp"
	"context"
	"errors"
	"os"
	"slices"
	"time"

	"behold"
	"behold/internal/intake"
	"behold/internal/web"
)

// An ImportJob is a file to be read in.
type ImportJob struct {
	Path     string            // where its bytes are
	File     string            // what it is called; "": the end of Path
	As       behold.Table      // "": guessed from the header
	Source   string            // where its numbers come from; "": file
	Map      map[string]string // header to column, for what is not recognised
	Dates    string            // "day" or "month": which comes first where dates do not show it
	Decimal  string            // "." or "," where numbers do not show it
	Sheet    string            // of a workbook
	Lenient  bool              // of Look: show what there is, even if columns are missing
	DryRun   bool              // tell what would happen, keep nothing
	Progress func(done, total int64)
	Reject   func(behold.Reject) error // nil: nobody wants to see each rejected row

	again *behold.Receipt // the receipt of an earlier import that is read again
}

// Import reads a file into the warehouse: all of it or, when anything stops it,
// nothing. The same file again changes nothing.
func (a *App) Import(ctx context.Context, job ImportJob) (*behold.Receipt, error) {
	a.work.Lock()
	defer a.work.Unlock()
	receipt, err := a.importFile(ctx, job)
	if err == nil && !job.DryRun {
		a.live.Publish(web.News{Kind: web.FileRead})
	}
	return receipt, err
}

// Look tells what a file is taken for, from its first rows.
func (a *App) Look(ctx context.Context, job ImportJob) (*behold.Receipt, error) {
	options, err := a.intakeOptions(ctx, job)
	if err != nil {
		return nil, err
	}
	return intake.Look(ctx, job.Path, options)
}

func (a *App) intakeOptions(ctx context.Context, job ImportJob) (intake.Options, error) {
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return intake.Options{}, err
	}
	if job.Source == "" {
		job.Source = "file"
	}
	return intake.Options{
		File: job.File, As: job.As, Source: job.Source, Map: job.Map,
		Currency: settings.Currency, DateOrder: job.Dates, Decimal: job.Decimal, Sheet: job.Sheet, Lenient: job.Lenient, Progress: job.Progress,
	}, nil
}

func (a *App) importFile(ctx context.Context, job ImportJob) (_ *behold.Receipt, err error) {
	if _, err := os.Stat(job.Path); err != nil {
		return nil, &behold.Error{Kind: behold.NotFound, Say: "there is no file " + job.Path, Hint: "check the name and the folder", Err: err}
	}
	if job.Source == behold.BookSource {
		return nil, &behold.Error{Kind: behold.Invalid, Say: "the source " + behold.BookSource + " is what colleagues write down in Behold itself", Hint: "give the file's source another name"}
	}
	if err := a.besideInvented(ctx, job); err != nil {
		return nil, err
	}
	options, err := a.intakeOptions(ctx, job)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // a copy that is still being made is no longer wanted
	var copied <-chan kept
	if !job.DryRun && job.again == nil {
		copied = a.keep(ctx, job.Path)
		options.Unhashed = true // the copy has the hash
	}
	opening := behold.Receipt{File: job.File, Source: options.Source, DryRun: job.DryRun, Started: time.Now().UTC()}
	if job.again != nil {
		opening = *job.again
	}
	rows, err := a.Facts.Begin(ctx, opening)
	if err != nil {
		return nil, err
	}
	receipt, err := intake.Read(ctx, job.Path, options, &addressed{Sink: showing{rows, job.Reject}, whose: a.Facts.CustomersByAddress})
	if err != nil {
		err = errors.Join(err, rows.Rollback(nil))
		if copied != nil {
			a.dropCopy(ctx, <-copied)
		}
		return nil, err
	}
	receipt.DryRun, receipt.Started = job.DryRun, opening.Started
	if job.DryRun {
		receipt.Finished = time.Now().UTC()
		return receipt, rows.Rollback(receipt)
	}
	if copied != nil {
		k := <-copied
		if k.err != nil {
			return nil, errors.Join(k.err, rows.Rollback(nil))
		}
		receipt.SHA256, receipt.Size = k.SHA256, k.Size
	} else {
		receipt.SHA256, receipt.Size = opening.SHA256, opening.Size
	}
	receipt.Import, receipt.Finished = opening.Import, time.Now().UTC()
	if err := rows.Commit(ctx, receipt); err != nil {
		if copied != nil { // on a full disk the copy would only stand in the way
			a.dropCopy(ctx, kept{SHA256: receipt.SHA256})
		}
		return nil, err
	}
	return receipt, nil
}

// InOrder puts files in the order in which they are best read: customers, orders,
// then the other tables as the import contract lists them, and last those that
// Look does not understand.
func (a *App) InOrder(ctx context.Context, jobs []ImportJob) []ImportJob {
	order := append([]behold.Table{behold.TableCustomers, behold.TableOrders}, behold.Tables()...)
	places := map[string]int{}
	for _, job := range jobs {
		places[job.Path] = len(order)
		if r, err := a.Look(ctx, job); err == nil {
			places[job.Path] = slices.Index(order, r.Table)
		}
	}
	return slices.SortedStableFunc(slices.Values(jobs), func(x, y ImportJob) int { return places[x.Path] - places[y.Path] })
}

// Undo takes an import back: the warehouse is then as if it had never been,
// and later imports keep what they brought themselves.
func (a *App) Undo(ctx context.Context, id int64) error {
	a.work.Lock()
	defer a.work.Unlock()
	err := a.Facts.Undo(ctx, id, a.readAgain)
	if err == nil {
		a.live.Publish(web.News{Kind: web.FileUndone})
	}
	return err
}

// showing hands rejected rows to somebody who wants to see each.
type showing struct {
	intake.Sink
	each func(behold.Reject) error
}

func (s showing) Rejects(ctx context.Context, list []behold.Reject) error {
	for i := 0; s.each != nil && i < len(list); i++ {
		if err := s.each(list[i]); err != nil {
			return err
		}
	}
	return s.Sink.Rejects(ctx, list)
}

// readAgain imports a kept file once more, under its old number.
func (a *App) readAgain(ctx context.Context, old *behold.Receipt) error {
	if old.Source == behold.BookSource {
		return a.copyBook(ctx)
	}
	_, err := a.importFile(ctx, ImportJob{
		Path: a.keptPath(old.SHA256), File: old.File, As: old.Table, Source: old.Source, Map: columnsAsRead(old),
		Dates: datesAsRead(old), Decimal: decimalAsRead(old), Sheet: old.Form.Sheet, again: old,
	})
	return err
}

// columnsAsRead is what each header was taken for, those for nothing included:
// a later release may know them, and the rows would change.
func columnsAsRead(r *behold.Receipt) map[string]string {
	fields := map[string]string{}
	for _, c := range r.Columns {
		switch {
		case c.Field != "":
			fields[c.Header] = c.Field
		case c.Out:
			fields[c.Header] = behold.LeftOut
		case fields[c.Header] == "": // another of the name may have the field
			fields[c.Header] = behold.AsAttribute
		}
	}
	return fields
}

// decimalAsRead is the decimal mark of all number columns, "" where they differ
// and so show it themselves.
func decimalAsRead(r *behold.Receipt) (mark string) {
	for _, c := range r.Columns {
		if len(c.Form) != 3 || c.Form[0] != '1' || c.Form[2] != '5' {
			continue
		}
		if mark != "" && mark != c.Form[1:2] {
			return ""
		}
		mark = c.Form[1:2]
	}
	return mark
}

// datesAsRead is the order of day and month in which the import read all its
// dates, told or seen; "" where its columns differ, which only the file shows.
func datesAsRead(r *behold.Receipt) string {
	forms := map[string]string{}
	for _, c := range r.Columns {
		switch c.Form {
		case "day/month/year":
			forms[intake.DayFirst] = intake.DayFirst
		case "month/day/year":
			forms[intake.MonthFirst] = intake.MonthFirst
		}
	}
	if len(forms) != 1 {
		return ""
	}
	return cmp.Or(forms[intake.DayFirst], forms[intake.MonthFirst])
}
