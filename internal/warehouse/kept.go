package warehouse

import (
	"fmt"
	"sync"
)

// mostKept is how many answers are kept before all are forgotten.
const mostKept = 500

// kept keeps the answers to questions that pages ask again and again, until the
// facts or the rounds change. Whoever gets one only reads it.
type kept struct {
	mu      sync.Mutex
	version rollVersion
	answers map[string]any
}

func (w *Warehouse) changes() rollVersion { return rollVersion{w.writes.Load(), w.rounds.Load()} }

// again is the answer to a question, asked anew only when something changed since.
// The question is its name and all that it depends on.
func again[T any](w *Warehouse, ask func() (T, error), question ...any) (T, error) {
	now, key := w.changes(), fmt.Sprintf("%#v", question) // quoted: what holds a blank is another question
	w.kept.mu.Lock()
	if w.kept.answers == nil || w.kept.version != now {
		w.kept.version, w.kept.answers = now, map[string]any{}
	}
	known, ok := w.kept.answers[key].(T)
	w.kept.mu.Unlock()
	if ok {
		return known, nil
	}
	found, err := ask()
	if err != nil {
		return found, err
	}
	w.kept.mu.Lock()
	defer w.kept.mu.Unlock()
	if w.kept.version == now && w.changes() == now {
		if len(w.kept.answers) >= mostKept {
			clear(w.kept.answers)
		}
		w.kept.answers[key] = found
	}
	return found, nil
}
