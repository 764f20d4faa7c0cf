package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"behold"
)

// An Errand is a command line that one process asks the holder of the data
// folder to carry out.
type Errand struct {
	Args     []string `json:"args"`
	Dir      string   `json:"dir"`      // relative paths are below it
	Terminal bool     `json:"terminal"` // draw progress bars
}

// Streams are where the errand's words go.
type Streams struct{ Stdout, Stderr io.Writer }

// A Runner carries out an errand and gives its exit code.
type Runner func(context.Context, Errand, Streams) int

// word is one piece of the answer, as it travels over the socket.
type word struct {
	Out  []byte `json:"out,omitempty"`
	Err  []byte `json:"err,omitempty"`
	Exit *int   `json:"exit,omitempty"`
}

// TakeErrands listens on a socket in the data folder that only this account may
// open, and runs what comes. It stops when ctx ends.
func (a *App) TakeErrands(ctx context.Context, does string, run Runner) error {
	path := socketPath(a.config.Data)
	os.Remove(path) // left behind by a killed server: we hold the lock, so nobody listens there
	listener, err := net.Listen("unix", path)
	if err != nil {
		return &behold.Error{Kind: behold.Unavailable, Say: "the socket for other commands cannot be opened", Err: err}
	}
	if err := os.Chmod(path, 0o600); err != nil {
		listener.Close()
		return err
	}
	server := &http.Server{Handler: errands(run), BaseContext: func(net.Listener) context.Context { return ctx }}
	context.AfterFunc(ctx, func() { server.Close() })
	go func() { _ = server.Serve(listener) }() // it ends with Close, which is no error
	return a.folder.say(holder{PID: os.Getpid(), Does: does, Since: a.opened, Socket: path})
}

// socketPath lies in the folder unless its name is too long for a socket.
func socketPath(dir string) string {
	path := filepath.Join(dir, "behold.sock")
	if len(path) < 100 {
		return path
	}
	h := fnv.New64a()
	io.WriteString(h, dir)
	return filepath.Join(os.TempDir(), fmt.Sprintf("behold-%x.sock", h.Sum64()))
}

func errands(run Runner) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var job Errand
		if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&job); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		answer := &answer{to: json.NewEncoder(w), flush: http.NewResponseController(w)}
		code := run(r.Context(), job, Streams{Stdout: answer.stream(false), Stderr: answer.stream(true)})
		answer.say(word{Exit: &code})
	})
}

// An answer interleaves two streams over one connection.
type answer struct {
	mu    sync.Mutex
	to    *json.Encoder
	flush *http.ResponseController
}

func (a *answer) say(w word) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.to.Encode(w); err != nil {
		return err
	}
	return a.flush.Flush()
}

type stream func([]byte) error

func (s stream) Write(b []byte) (int, error) {
	if err := s(b); err != nil {
		return 0, err
	}
	return len(b), nil
}

func (a *answer) stream(stderr bool) io.Writer {
	return stream(func(b []byte) error {
		if stderr {
			return a.say(word{Err: b})
		}
		return a.say(word{Out: b})
	})
}

// Hand gives an errand to the process that listens at the socket and passes its
// answer on.
func Hand(ctx context.Context, socket string, job Errand, stdout, stderr io.Writer) (exit int, err error) {
	body, err := json.Marshal(job)
	if err != nil {
		return 1, err
	}
	httpClient := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", socket)
	}}}
	request, err := http.NewRequestWithContext(ctx, "POST", "http://behold/errand", bytes.NewReader(body))
	if err != nil {
		return 1, err
	}
	response, err := httpClient.Do(request)
	if err != nil {
		return 1, &behold.Error{Kind: behold.Unavailable, Say: "the server that holds the data folder does not answer", Hint: "is it stopping? try again", Err: err}
	}
	defer response.Body.Close()
	return listen(response.Body, stdout, stderr)
}

func listen(r io.Reader, stdout, stderr io.Writer) (int, error) {
	for words := json.NewDecoder(r); ; {
		var w word
		if err := words.Decode(&w); err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return 1, &behold.Error{Kind: behold.Unavailable, Say: "the server stopped in the middle of the work", Hint: "run the command again: what was not finished was not kept"}
			}
			return 1, err
		}
		if w.Exit != nil {
			return *w.Exit, nil
		}
		if _, err := stdout.Write(w.Out); err != nil {
			return 1, err
		}
		if _, err := stderr.Write(w.Err); err != nil {
			return 1, err
		}
	}
}
