package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"behold"
)

// A folder is a data folder that this process holds alone. The lock is the
// operating system's and goes with the process, however it ends.
type folder struct {
	dir  string
	lock *flock.Flock
}

// A holder is what the process that holds a folder says of itself.
type holder struct {
	PID    int       `json:"pid"`
	Does   string    `json:"does"`
	Since  time.Time `json:"since"`
	Socket string    `json:"socket,omitempty"` // where it takes errands; "" when it takes none
}

// held is the error of a folder that another process holds.
type held struct {
	why    *behold.Error
	socket string
}

func (h *held) Error() string { return h.why.Error() }
func (h *held) Unwrap() error { return h.why }

// HeldBy gives the socket at which the holder of the folder takes errands, or "".
func HeldBy(err error) string {
	var h *held
	if errors.As(err, &h) {
		return h.socket
	}
	return ""
}

func lockFolder(dir, does string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, &behold.Error{Kind: behold.Unavailable, Say: "the data folder " + dir + " cannot be made", Hint: "choose another one with --data DIR", Err: err}
	}
	f := &folder{dir: dir, lock: flock.New(filepath.Join(dir, "behold.lock"))}
	ok, err := f.lock.TryLock()
	if err != nil {
		return nil, &behold.Error{Kind: behold.Unavailable, Say: "the data folder " + dir + " cannot be locked", Hint: "is it writable, and on a disk of this machine?", Err: err}
	}
	if !ok {
		return nil, f.heldByAnother()
	}
	if err := f.say(holder{PID: os.Getpid(), Does: does, Since: time.Now()}); err != nil {
		f.lock.Unlock()
		return nil, &behold.Error{Kind: behold.Unavailable, Say: "the data folder " + dir + " cannot be written to", Hint: whyNotWritten(err), Err: err}
	}
	return f, nil
}

func whyNotWritten(err error) string {
	if errors.Is(err, fs.ErrPermission) {
		return "this account may not write there; choose another one with --data DIR, or copy it"
	}
	return "is the disk full?"
}

func (f *folder) holderFile() string { return filepath.Join(f.dir, "behold.holder") }

// say writes who holds the folder, for those who come later.
func (f *folder) say(h holder) error {
	b, err := json.Marshal(h)
	if err != nil {
		return err
	}
	return writeWhole(f.holderFile(), b)
}

func (f *folder) heldByAnother() error {
	var h holder
	b, err := os.ReadFile(f.holderFile())
	if err == nil {
		err = json.Unmarshal(b, &h)
	}
	if err != nil {
		h.Does = "another behold"
	}
	return &held{socket: h.Socket, why: &behold.Error{
		Kind: behold.Unavailable,
		Say:  fmt.Sprintf("the data folder %s is in use: %s (process %d, since %s)", f.dir, h.Does, h.PID, h.Since.Format(time.DateTime)),
		Hint: "wait until it has finished, stop it, or choose another folder with --data DIR",
	}}
}

func (f *folder) unlock() error {
	os.Remove(f.holderFile())
	return f.lock.Unlock()
}

// writeWhole writes a small file so that a reader sees all of it or none.
func writeWhole(path string, b []byte) error {
	tmp := path + ".new"
	if err := os.WriteFile(tmp, b, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}
