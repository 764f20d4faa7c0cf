package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/alecthomas/kong"

	"behold"
	"behold/internal/app"
)

// Exit codes (DESIGN 5).
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitRejected = 3 // done, but some rows were rejected
)

// errRejected makes a command end with exitRejected after it has said all it had to say.
var errRejected = errors.New("some rows were rejected")

// An env is what a command gets from the outside: its streams, the folder it
// was called in, and the configuration before flags.
type env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Dir            string // relative paths are below it
	Terminal       bool   // stderr is a terminal: progress bars are welcome
	Config         app.Config
	App            *app.App // open already, when a server runs the command for somebody else
	dataGiven      bool     // --data was on the command line
}

// Path is p as seen from where the command was called.
func (e *env) Path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(e.Dir, p)
}

// grammar is the command line.
type grammar struct {
	Data string `help:"Data folder (else BEHOLD_DATA, else ./behold-data)." placeholder:"DIR"`

	Demo      demoCmd      `cmd:"" help:"Show an invented wholesaler: makes three years of history, runs a round, serves it."`
	Serve     serveCmd     `cmd:"" help:"Run the server: pages and scheduler."`
	Sample    sampleCmd    `cmd:"" help:"Write the invented shop as import files, with its truth beside them."`
	Import    importCmd    `cmd:"" help:"Read files into the warehouse; take an import back."`
	Round     roundCmd     `cmd:"" help:"Walk past every customer and light the lamps."`
	Lamps     lampsCmd     `cmd:"" help:"List the lit lamps."`
	Today     todayCmd     `cmd:"" help:"List whom to give attention to today, colleague by colleague."`
	Standings standingsCmd `cmd:"" help:"List every customer with what is forecast."`
	Customer  customerCmd  `cmd:"" help:"Tell everything about one customer."`
	Backtest  backtestCmd  `cmd:"" help:"Hold what earlier days would have foreseen against what came."`
	Report    reportCmd    `cmd:"" help:"Write a managers' report, as text, as data or as a page to print."`
	Lamp      lampCmd      `cmd:"" help:"Try the lamps on a script of your own."`
	Fit       fitCmd       `cmd:"" help:"Fit a model of the statistics to a file of yours."`
	Predict   predictCmd   `cmd:"" help:"Write what follows from a model, one row per customer or time."`
	Survey    surveyCmd    `cmd:"" help:"Ask a few customers a day; judge what they answer."`
	Text      textCmd      `cmd:"" help:"Sort texts by what they say; learn it from texts that are sorted."`
	Effect    effectCmd    `cmd:"" help:"Say what an experiment did, from a file of yours: a row for each arm."`
	Letter    letterCmd    `cmd:"" help:"Write, try and send the letters that come by e-mail."`
	Doctor    doctorCmd    `cmd:"" help:"Check the data folder and say what is missing."`
	Colleague colleagueCmd `cmd:"" help:"Say who works here, and what they may do."`
	Config    configCmd    `cmd:"" help:"Show or change the configuration and the company's settings."`
	Version   versionCmd   `cmd:"" help:"Print the version."`
}

// run carries out one command line and gives its exit code.
func run(ctx context.Context, args []string, e *env) int {
	var g grammar
	exited := -1
	parser, err := kong.New(&g,
		kong.Name("behold"),
		kong.Description("Behold says every morning which customers are about to leave, why, and what it costs."),
		kong.Writers(e.Stdout, e.Stderr),
		kong.Exit(func(code int) { exited = code; panic(exiting{}) }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if err != nil {
		fmt.Fprintln(e.Stderr, "behold:", err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	selected, err := parse(parser, args)
	if exited >= 0 { // --help has been printed
		return exited
	}
	if err != nil {
		fmt.Fprintf(e.Stderr, "behold: %v\nhint: behold --help lists the commands, behold COMMAND --help explains one\n", err)
		return exitUsage
	}
	if g.Data != "" {
		e.Config.Override("data", e.Path(g.Data))
		e.dataGiven = true
	} else {
		e.Config.Data = e.Path(e.Config.Data)
	}
	return e.exit(ctx, func() error {
		selected.BindTo(ctx, (*context.Context)(nil))
		return selected.Run(e, args)
	})
}

// exiting unwinds kong when it has printed its help.
type exiting struct{}

func parse(parser *kong.Kong, args []string) (selected *kong.Context, err error) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(exiting); !ok {
				panic(r)
			}
		}
	}()
	return parser.Parse(args)
}

// exit says what went wrong, once, and gives the exit code.
func (e *env) exit(ctx context.Context, do func() error) int {
	err := do()
	var handed *handedOver
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &handed):
		return handed.code
	case errors.Is(err, errRejected):
		return exitRejected
	case ctx.Err() != nil:
		fmt.Fprintln(e.Stderr, "behold: interrupted; nothing half done was kept")
		return exitFailed
	}
	fmt.Fprintln(e.Stderr, "behold:", err)
	if hint := behold.HintOf(err); hint != "" {
		fmt.Fprintln(e.Stderr, "hint:", hint)
	}
	if behold.KindOf(err) == behold.Invalid {
		var usage *usageError
		if errors.As(err, &usage) {
			return exitUsage
		}
	}
	return exitFailed
}

// A usageError is a flag whose value makes no sense.
type usageError struct{ error }

func (u *usageError) Unwrap() error { return u.error }

// usage makes an error that ends with exitUsage.
func usage(say, hint string) error {
	return &usageError{&behold.Error{Kind: behold.Invalid, Say: say, Hint: hint}}
}

// day reads a --day flag; "" is the day that none stands for.
func day(flag string, none behold.Day) (behold.Day, error) {
	if flag == "" {
		return none, nil
	}
	d, err := behold.ParseDay(flag)
	if err != nil {
		return behold.NoDay, &usageError{err}
	}
	return d, nil
}
