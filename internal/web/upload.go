package web

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"behold"
)

// An upload is a file that arrived and waits for somebody to say yes.
type upload struct {
	id    string
	file  File
	size  int64
	since time.Time
	look  *behold.Receipt // what was understood of its head
	wrong error           // why nothing was
	count *task           // the dry run
}

// uploads are the files that wait. They do not outlive the server: what was
// never confirmed was never imported.
type uploads struct {
	dir string
	mu  sync.Mutex
	all map[string]*upload
}

const (
	uploadLimit = 64 << 30 // bytes; the disk ends sooner
	uploadAge   = 24 * time.Hour
)

// upload takes a file in, looks at its head and begins to count what an import
// would do.
func (s *server) upload(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, uploadLimit)
	u, err := s.receive(r)
	if err != nil {
		return err
	}
	s.consider(w, r, u)
	return nil
}

// consider looks at a file's head, begins to count and shows what came of it.
func (s *server) consider(w http.ResponseWriter, r *request, u *upload) {
	u.look, u.wrong = s.Work.Look(r.Context(), u.file)
	if u.wrong != nil {
		os.Remove(u.file.Path) // nobody can say yes to it
	} else {
		u.count = s.begin(r.Context(), "count", u.file.Name, func(ctx context.Context, t *task) (result, error) {
			file := u.file
			file.Progress = t.progress
			receipt, err := s.Work.DryRun(ctx, file)
			return result{receipt: receipt}, err
		})
	}
	s.uploads.keep(u, s.Now())
	seeOther(w, r, "/uploads/"+u.id)
}

// readDates considers a file anew, with its dates read the way the form says.
func (s *server) readDates(w http.ResponseWriter, r *request) error {
	u, err := s.uploads.get(r.PathValue("upload"))
	if err != nil {
		return s.elseItsWork(w, r, err)
	}
	first := r.PostFormValue("first")
	if first != "day" && first != "month" {
		return &behold.Error{Kind: behold.Invalid, Say: "day or month comes first in a date"}
	}
	again := &upload{id: u.id, file: u.file, size: u.size, since: u.since}
	again.file.Dates = first
	s.consider(w, r, again)
	return nil
}

// otherDates is the other way in which the dates of a file can be read, "" where
// they show the way themselves.
func (u *upload) otherDates() (first, form string) {
	for _, n := range u.look.Notes {
		switch {
		case n.Code != "dates_ambiguous":
		case n.Args["taken"] == "month/day/year":
			return "day", "day/month/year"
		default:
			return "month", "month/day/year"
		}
	}
	return "", ""
}

// receive streams the form's file to the disk, whatever its size.
func (s *server) receive(r *request) (*upload, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, &behold.Error{Kind: behold.Invalid, Say: "no file came with the form", Hint: "choose a file first", Err: err}
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, &behold.Error{Kind: behold.Invalid, Say: "no file came with the form", Hint: "choose a file first"}
		}
		if err != nil {
			return nil, &behold.Error{Kind: behold.Invalid, Say: "the file did not arrive whole", Hint: "send it again", Err: err}
		}
		if part.FormName() == "file" && part.FileName() != "" {
			return s.uploads.receive(part, s.Now())
		}
	}
}

func (u *uploads) receive(part *multipart.Part, now time.Time) (*upload, error) {
	full := func(err error) error {
		return &behold.Error{Kind: behold.Unavailable, Say: "the file cannot be kept while it waits", Hint: "is the disk full? nothing was imported", Err: err}
	}
	if err := os.MkdirAll(u.dir, 0o700); err != nil {
		return nil, full(err)
	}
	// The ending stays: a reader may want it to tell one form from another.
	out, err := os.CreateTemp(u.dir, "upload-*"+filepath.Ext(filepath.Base(part.FileName())))
	if err != nil {
		return nil, full(err)
	}
	size, err := io.Copy(out, part)
	if err = errors.Join(err, out.Close()); err != nil {
		os.Remove(out.Name())
		return nil, full(err)
	}
	return &upload{id: rand.Text(), file: File{Path: out.Name(), Name: cut(filepath.Base(part.FileName()), 200)}, size: size, since: now}, nil
}

// keep remembers an upload and lets go of those that waited for a day.
func (u *uploads) keep(new *upload, now time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.all == nil {
		u.all = map[string]*upload{}
	}
	for id, old := range u.all {
		if now.Sub(old.since) > uploadAge {
			os.Remove(old.file.Path)
			delete(u.all, id)
		}
	}
	u.all[new.id] = new
}

// clear drops what waited when a server before this one ended.
func (u *uploads) clear() {
	left, _ := filepath.Glob(filepath.Join(u.dir, "upload-*")) // the pattern is sound
	for _, path := range left {
		os.Remove(path) // one that stays only takes room
	}
}

func (u *uploads) get(id string) (*upload, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if found, ok := u.all[id]; ok {
		return found, nil
	}
	return nil, &behold.Error{Kind: behold.NotFound, Say: "this file is not waiting any more", Hint: "it was imported or dropped; choose it again if you need it"}
}

// take gives an upload to one caller only: a form sent twice imports once.
func (u *uploads) take(id string) (*upload, error) {
	found, err := u.get(id)
	if err != nil {
		return nil, err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.all[id] == nil {
		return nil, &behold.Error{Kind: behold.Conflict, Say: "this file is being imported already"}
	}
	delete(u.all, id)
	return found, nil
}

func (s *server) uploadPage(w http.ResponseWriter, r *request) error {
	u, err := s.uploads.get(r.PathValue("upload"))
	if err != nil {
		return s.elseItsWork(w, r, err)
	}
	p := s.page(r, "/imports")
	status := http.StatusOK
	if u.wrong != nil {
		status = http.StatusUnprocessableEntity
	} else if _, _, ended := u.count.outcome(); !ended {
		p.refresh = 2
	}
	return s.show(w, r, status, uploadContent(p.titled(u.file.Name), u))
}

// elseItsWork leads to the import of a file that does not wait any more. It goes
// by the file's own id, so that who says yes twice, or goes back, sees it.
func (s *server) elseItsWork(w http.ResponseWriter, r *request, gone error) error {
	t, err := s.task(r.PathValue("upload"))
	if err != nil {
		return gone
	}
	seeOther(w, r, "/work/"+t.id)
	return nil
}

// confirmUpload imports the file and judges the customers anew.
func (s *server) confirmUpload(w http.ResponseWriter, r *request) error {
	u, err := s.uploads.take(r.PathValue("upload"))
	if err != nil {
		return s.elseItsWork(w, r, err)
	}
	t := s.beginAs(r.Context(), u.id, "import", u.file.Name, func(ctx context.Context, t *task) (done result, err error) {
		defer os.Remove(u.file.Path)
		file := u.file
		file.Progress = t.progress
		if done.receipt, err = s.Work.Import(ctx, file); err != nil {
			return done, err
		}
		if done.receipt.Kept+done.receipt.Changed > 0 {
			s.noted(r, behold.FileImported, u.file.Name)
			done.round, err = s.judge(ctx, t)
		}
		return done, err
	})
	seeOther(w, r, "/work/"+t.id)
	return nil
}

func (s *server) dropUpload(w http.ResponseWriter, r *request) error {
	u, err := s.uploads.take(r.PathValue("upload"))
	if err != nil {
		return err
	}
	os.Remove(u.file.Path)
	seeOther(w, r, "/imports")
	return nil
}
