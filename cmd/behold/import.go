package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"behold"
	"behold/internal/app"
	"behold/internal/phrase"
)

type importCmd struct {
	File importFileCmd `cmd:"" default:"withargs" help:"Read files or folders of files (CSV, XLSX, JSON lines; gzip too). A row that cannot be used is listed with its line, column and why; the rest goes on. The same file again changes nothing."`
	Undo importUndoCmd `cmd:"" help:"Take an import back: as if it had never been."`
	List importListCmd `cmd:"" help:"List the imports."`
	Rows importRowsCmd `cmd:"" name:"rejects" help:"List the rows that an import rejected."`
}

// Help is the manual page.
func (importCmd) Help() string {
	return `behold import FILE|FOLDER… [--as TABLE] [--source NAME] [--map FILE] [--dates day|month] [--dry-run]
behold import undo ID

The columns are found by their names, in English, Danish, Swedish, Norwegian, Dutch and German.
The tables are customers, people, orders, invoices, contracts, contacts, tickets, promises,
answers, quotes, losses, efforts and colleagues; of a folder, customers and orders come first.
What a file is, how it writes dates and numbers and what separates its cells is seen from the
file. --dry-run tells what would happen and keeps nothing. A name that is not recognised is
told with --map: a JSON file such as {"Dok.dato": "ordered_at"}.

Ends with 0 when every row was used, 3 when some were rejected, 1 when nothing was imported.

  behold import --dry-run invoices.csv
  behold import invoices.csv customers.xlsx
  behold import rejects 1 --format csv
  behold import undo 1`
}

type importFileCmd struct {
	Files  []string `arg:"" name:"file" help:"Files or folders."`
	As     string   `help:"What the rows are, such as orders, customers or tickets. Guessed from the header when not given." placeholder:"TABLE"`
	Source string   `help:"Where the numbers come from, when several systems use the same order numbers." default:"file"`
	Map    string   `help:"A JSON file {\"header\": \"column\"} for headers that are not recognised." placeholder:"FILE"`
	Dates  string   `help:"day or month: which comes first in dates such as 03/04/2025. Seen from the file when not given." placeholder:"FIRST"`
	DryRun bool     `help:"Tell what would happen; keep nothing."`
	Format string   `help:"table or json." default:"table" enum:"table,json"`
}

func (c *importFileCmd) Run(ctx context.Context, e *env, args []string) error {
	files, err := e.files(c.Files)
	if err != nil {
		return err
	}
	fields, err := c.mapping(e)
	if err != nil {
		return err
	}
	a, done, err := e.open(ctx, args, "an import")
	if err != nil {
		return err
	}
	return errors.Join(c.importAll(ctx, e, a, files, fields), done())
}

func (c *importFileCmd) importAll(ctx context.Context, e *env, a *app.App, files []string, fields map[string]string) error {
	var rejected, failed error
	var receipts []*behold.Receipt
	var jobs []app.ImportJob
	for _, path := range files {
		jobs = append(jobs, app.ImportJob{
			Path: path, File: filepath.Base(path), As: behold.Table(c.As), Source: c.Source,
			Map: fields, Dates: c.Dates, DryRun: c.DryRun,
		})
	}
	if len(jobs) > 1 {
		jobs = a.InOrder(ctx, jobs)
	}
	for _, job := range jobs {
		bar := e.progress(job.File)
		job.Progress = bar.To
		receipt, err := a.Import(ctx, job)
		bar.End()
		if err != nil {
			if len(files) == 1 || ctx.Err() != nil {
				return err
			}
			// of a folder, what can be read is read; what cannot is said
			fmt.Fprintf(e.Stderr, "behold: %v\n", err)
			if hint := behold.HintOf(err); hint != "" {
				fmt.Fprintln(e.Stderr, "hint:", hint)
			}
			failed = cmp.Or(failed, err)
			continue
		}
		if !receipt.DryRun && receipt.Kept+receipt.Changed > 0 {
			a.Noted(ctx, behold.FileImported, receipt.File)
		}
		if receipt.Rejected > 0 {
			rejected = errRejected
		}
		receipts = append(receipts, receipt)
		if c.Format != "json" {
			sayReceipt(e, receipt)
		}
	}
	if c.Format == "json" {
		return errors.Join(sayJSON(e.Stdout, receipts), rejected)
	}
	return cmp.Or(failed, rejected)
}

// files lists what a folder holds that an import can be, in order of names.
func (e *env) files(args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		path := e.Path(arg)
		info, err := os.Stat(path)
		if err != nil {
			return nil, &behold.Error{Kind: behold.NotFound, Say: "there is no file or folder " + arg, Hint: "check the name"}
		}
		if !info.IsDir() {
			out = append(out, path)
			continue
		}
		err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && importable(p) {
				out = append(out, p)
			}
			return err
		})
		if err != nil {
			return nil, &behold.Error{Kind: behold.Unavailable, Say: "the folder " + arg + " cannot be read", Err: err}
		}
	}
	if len(out) == 0 {
		return nil, &behold.Error{Kind: behold.NotFound, Say: "nothing to import there", Hint: "CSV, XLSX and JSON lines are read, gzip-compressed too"}
	}
	return out, nil
}

func importable(path string) bool {
	name := strings.TrimSuffix(strings.ToLower(filepath.Base(path)), ".gz")
	return name != "truth.csv" && slices.Contains([]string{".csv", ".tsv", ".txt", ".xlsx", ".jsonl", ".ndjson", ".json"}, filepath.Ext(name))
}

func (c *importFileCmd) mapping(e *env) (map[string]string, error) {
	if c.Map == "" {
		return nil, nil
	}
	b, err := os.ReadFile(e.Path(c.Map))
	if err != nil {
		return nil, &behold.Error{Kind: behold.NotFound, Say: "the mapping " + c.Map + " cannot be read", Err: err}
	}
	var fields map[string]string
	if err := json.Unmarshal(b, &fields); err != nil {
		return nil, &behold.Error{Kind: behold.Invalid, Say: "the mapping " + c.Map + " is not understood", Hint: `write it as {"Your header": "ordered_at"}`, Err: err}
	}
	return fields, nil
}

func sayReceipt(e *env, r *behold.Receipt) {
	words := phrase.For("en")
	name := fmt.Sprintf("import %d", r.Import)
	if r.DryRun {
		name = "dry run"
	}
	fmt.Fprintf(e.Stdout, "%s: %s read as %s\n", name, r.File, r.Table)
	fmt.Fprintf(e.Stdout, "  read %d, kept %d, already known %d, changed %d, rejected %d\n", r.Read, r.Kept, r.Known, r.Changed, r.Rejected)
	if r.FirstDay.Known() && r.LastDay.Known() {
		of := ""
		if r.Customers > 0 {
			of = counted(int(r.Customers), "customer") + ", "
		}
		fmt.Fprintf(e.Stdout, "  %sfrom %s to %s\n", of, r.FirstDay, r.LastDay)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(e.Stdout, "  note: %s\n", words.Note(n))
	}
	for _, w := range r.Rejects {
		fmt.Fprintf(e.Stdout, "  rejected %d: %s (first: line %d, column %s)\n", w.Rows, words.T("reject."+w.Why), w.Row, w.Column)
		fmt.Fprintf(e.Stdout, "    %s\n", words.T("reject."+w.Why+".hint"))
	}
	if r.Rejected > 0 && !r.DryRun {
		fmt.Fprintf(e.Stdout, "  every rejected row: behold import rejects %d --format csv\n", r.Import)
	}
	if r.DryRun {
		for _, c := range r.Columns {
			fmt.Fprintf(e.Stdout, "  column %q: %s %s\n", c.Header, cmp.Or(c.Field, "kept as an attribute"), c.Form)
		}
	}
}

type importUndoCmd struct {
	ID int64 `arg:"" help:"The import's number."`
}

func (c *importUndoCmd) Run(ctx context.Context, e *env, args []string) error {
	a, done, err := e.open(ctx, args, "an undo")
	if err != nil {
		return err
	}
	if err := a.Undo(ctx, c.ID); err != nil {
		return errors.Join(err, done())
	}
	a.Noted(ctx, behold.ImportUndone, strconv.FormatInt(c.ID, 10))
	fmt.Fprintf(e.Stdout, "import %d is taken back; run behold round to judge again\n", c.ID)
	return done()
}

type importListCmd struct {
	Format string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

func (c *importListCmd) Run(ctx context.Context, e *env, args []string) error {
	a, done, err := e.open(ctx, args, "a list of imports")
	if err != nil {
		return err
	}
	receipts, err := a.Facts.Imports(ctx)
	if err != nil {
		return errors.Join(err, done())
	}
	out, err := newRows(e.Stdout, c.Format, []string{"import", "file", "table", "source", "finished", "read", "kept", "known", "changed", "rejected", "undone_at"}, nil)
	if err != nil {
		return errors.Join(err, done())
	}
	for _, r := range receipts {
		var undone any
		if !r.UndoneAt.IsZero() {
			undone = r.UndoneAt.Format("2006-01-02T15:04:05Z")
		}
		err = errors.Join(err, out.Put(r.Import, r.File, string(r.Table), r.Source, r.Finished.Format("2006-01-02T15:04:05Z"),
			r.Read, r.Kept, r.Known, r.Changed, r.Rejected, undone))
	}
	return errors.Join(out.End(err), done())
}

type importRowsCmd struct {
	ID     int64  `arg:"" help:"The import's number."`
	Format string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

func (c *importRowsCmd) Run(ctx context.Context, e *env, args []string) error {
	a, done, err := e.open(ctx, args, "a list of rejects")
	if err != nil {
		return err
	}
	if _, err := a.Facts.Import(ctx, c.ID); err != nil {
		return errors.Join(err, done())
	}
	words := phrase.For("en")
	out, err := newRows(e.Stdout, c.Format, []string{"line", "column", "value", "why", "says", "hint"}, []string{"line", "column", "value", "says"})
	if err != nil {
		return errors.Join(err, done())
	}
	err = a.Facts.EachReject(ctx, c.ID, func(r behold.Reject) error {
		return out.Put(r.Row, r.Column, r.Value, r.Why, words.T("reject."+r.Why), words.T("reject."+r.Why+".hint"))
	})
	return errors.Join(out.End(err), done())
}

// sayJSON prints one value as indented JSON.
func sayJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
