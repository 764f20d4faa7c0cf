package warehouse

import (
	"context"
	"database/sql"
)

// A flow puts batches of lines on a goroutine of its own, while the next ones
// are made.
type flow struct {
	come chan *lineBatch
	free chan *lineBatch
	done chan error
}

func startFlow(ctx context.Context, conn *sql.Conn) *flow {
	const spare = 16 // batches kept for use again
	f := &flow{come: make(chan *lineBatch, 1), free: make(chan *lineBatch, spare), done: make(chan error, 1)}
	go func() { f.done <- pour(ctx, conn, f.come, f.free) }()
	return f
}

// send hands a batch over and gives an empty one for it. It waits while two
// batches wait; how many the engine has besides is its own affair, about one a
// thread.
func (f *flow) send(b *lineBatch) (*lineBatch, error) {
	select {
	case f.come <- b:
	case err := <-f.done:
		f.done <- err
		return nil, err
	}
	select {
	case used := <-f.free:
		used.reset()
		return used, nil
	default:
		return newLineBatch(b.table), nil
	}
}

// end waits until all that was sent is put.
func (f *flow) end() error {
	close(f.come)
	return <-f.done
}
