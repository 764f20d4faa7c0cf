package sample

import (
	"context"
	"runtime"
)

// blockSize is how many customers are made at a time. It is part of the
// promise that the result does not depend on the cores, so it is a constant.
const blockSize = 128

// walk makes every block on all cores and hands the results to use in block
// order, on the caller's goroutine. At most a few blocks wait at any time.
func walk[T any](ctx context.Context, s *shop, build func(number int64) T, use func(T) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	workers := s.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	queue := deal(ctx, s.blocks(), workers, build)
	for made := range queue {
		select {
		case result := <-made:
			if err := use(result); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}

// deal starts the workers and returns the line in which results stand: one
// channel per block, in order, closed after the last block or when ctx ends.
func deal[T any](ctx context.Context, blocks int64, workers int, build func(int64) T) <-chan chan T {
	type job struct {
		number int64
		made   chan T
	}
	jobs := make(chan job)
	queue := make(chan chan T, 2*workers)
	for range workers {
		go func() {
			for j := range jobs {
				j.made <- build(j.number)
			}
		}()
	}
	go func() {
		defer close(queue)
		defer close(jobs)
		for n := range blocks {
			j := job{n, make(chan T, 1)}
			select {
			case queue <- j.made:
			case <-ctx.Done():
				return
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return
			}
		}
	}()
	return queue
}
