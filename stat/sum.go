package stat

import (
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

// LogSumExp is ln Σ exp(xs), without overflow or underflow on the way; of
// nothing it is −Inf.
//
// Likelihoods of long histories lie far below the smallest float64, and only
// their logarithms can be added up this way.
func LogSumExp(xs []float64) float64 {
	top := math.Inf(-1)
	for _, x := range xs {
		top = math.Max(top, x)
	}
	if math.IsInf(top, 0) || math.IsNaN(top) {
		return top
	}
	sum := 0.0
	for _, x := range xs {
		sum += math.Exp(x - top)
	}
	return top + math.Log(sum)
}

// Blocks calls do for the pieces [lo, hi) of 0 … n, each of size elements (the
// last may be shorter), on all cores at once. It returns when all are done.
//
// do must write only what belongs to its own piece. Where the pieces begin
// depends on n and size alone, never on the number of cores.
func Blocks(n, size int, do func(lo, hi int)) {
	if size < 1 {
		size = 1
	}
	count := (n + size - 1) / size
	workers := min(runtime.GOMAXPROCS(0), count)
	if workers <= 1 {
		for lo := 0; lo < n; lo += size {
			do(lo, min(lo+size, n))
		}
		return
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for {
				block := int(next.Add(1)) - 1
				if block >= count {
					return
				}
				do(block*size, min((block+1)*size, n))
			}
		})
	}
	wait.Wait()
}

// A Split says how a sum over N elements is cut: Size elements a block, Width
// numbers summed side by side.
type Split struct {
	N, Size, Width int
}

// BlockSums adds up Width numbers over N elements on all cores: add puts the
// sums of the elements [lo, hi) into sums, which begins at zero. The sums of
// the blocks are then added in the order of the blocks, so that one core and
// sixteen give the same bits.
func BlockSums(split Split, add func(lo, hi int, sums []float64)) []float64 {
	size := max(split.Size, 1)
	count := (split.N + size - 1) / size
	parts := make([]float64, count*split.Width)
	Blocks(split.N, size, func(lo, hi int) {
		at := lo / size * split.Width
		add(lo, hi, parts[at:at+split.Width:at+split.Width])
	})
	total := make([]float64, split.Width)
	for at, part := range parts {
		total[at%split.Width] += part
	}
	return total
}
