// Command behold says which customers are about to leave, why, and what it
// costs. It is the roof of the house: it reads flags, asks app, prints.
//
// One file per command; every command is a function of its arguments and three
// streams, so that tests run it without a process and a running server can run
// it for another one (see hand.go).
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/mattn/go-isatty"

	"behold/internal/app"
)

// version is set by the linker.
var version = "devel"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	code := run(ctx, os.Args[1:], &env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Dir:      dir,
		Terminal: isatty.IsTerminal(os.Stderr.Fd()),
		Config:   app.FromEnvironment(version),
	})
	stop()
	os.Exit(code)
}
