package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// progress tells how far a long piece of work has come: a bar that is drawn
// over and over on a terminal, a plain line every few seconds elsewhere.
type progress struct {
	w        io.Writer
	terminal bool
	what     string
	last     time.Time
	shown    bool
}

func (e *env) progress(what string) *progress {
	return &progress{w: e.Stderr, terminal: e.Terminal, what: what, last: time.Now()}
}

// To shows that done of total is done; a total of 0 is not known.
func (p *progress) To(done, total int64) {
	every := 5 * time.Second
	if p.terminal {
		every = 100 * time.Millisecond
	}
	if time.Since(p.last) < every {
		return
	}
	p.last = time.Now()
	share := 0.0
	if total > 0 {
		share = min(1, float64(done)/float64(total))
	}
	if !p.terminal {
		fmt.Fprintf(p.w, "%s: %.0f %%\n", p.what, 100*share)
		return
	}
	const width = 30
	full := int(share * width)
	fmt.Fprintf(p.w, "\r%s [%s%s] %3.0f %%", p.what, strings.Repeat("#", full), strings.Repeat(".", width-full), 100*share)
	p.shown = true
}

// End wipes the bar.
func (p *progress) End() {
	if p.shown {
		fmt.Fprintf(p.w, "\r%s\r", strings.Repeat(" ", len(p.what)+40))
	}
}
