package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"

	"behold"
)

// A kept file is a copy of what was imported, named by its content, so that the
// warehouse can be rebuilt and an undo can read again what depended on it.
type kept struct {
	SHA256 string
	Size   int64
	err    error
}

// keep copies the file at path while something else reads it.
func (a *App) keep(ctx context.Context, path string) <-chan kept {
	done := make(chan kept, 1)
	go func() { done <- a.keepNow(ctx, path) }()
	return done
}

func (a *App) keepNow(ctx context.Context, path string) (k kept) {
	fail := func(err error) kept {
		return kept{err: &behold.Error{Kind: behold.Unavailable, Code: "disk", Say: "a copy of the file cannot be kept", Hint: "is the disk full? nothing was imported", Err: err}}
	}
	if err := os.MkdirAll(a.path("files"), 0o700); err != nil {
		return fail(err)
	}
	in, err := os.Open(path)
	if err != nil {
		return fail(err)
	}
	defer in.Close()
	out, err := os.CreateTemp(a.path("files"), "arriving-*")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(out.Name()) // gone already when all went well
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(out, sum), &interruptible{ctx, in})
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return fail(err)
	}
	k = kept{SHA256: hex.EncodeToString(sum.Sum(nil)), Size: size}
	if err := os.Rename(out.Name(), a.keptPath(k.SHA256)); err != nil {
		return fail(err)
	}
	return k
}

// dropCopy removes the copy of a file that was not imported, unless an earlier
// import brought the same one.
func (a *App) dropCopy(ctx context.Context, k kept) {
	receipts, err := a.Facts.Imports(ctx)
	if k.err != nil || err != nil {
		return // the doctor finds what is left
	}
	for _, r := range receipts {
		if r.SHA256 == k.SHA256 {
			return
		}
	}
	os.Remove(a.keptPath(k.SHA256))
}

func (a *App) keptPath(sha string) string { return filepath.Join(a.path("files"), sha) }

// interruptible ends a copy when its context does.
type interruptible struct {
	ctx context.Context
	io.Reader
}

func (i *interruptible) Read(b []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.Reader.Read(b)
}
