package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
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
	count *task           // the dry run; nil: columns are missing
	stop  func()          // ends the dry run
	again bool            // it is read as files with its header were read before
	told  bool            // somebody said how it is to be read
	shape string          // of its header, as it showed itself at first
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

// upload takes files in, looks at their heads and begins to count what an import
// would do.
func (s *server) upload(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, uploadLimit)
	all, err := s.receive(r)
	if err != nil {
		return err
	}
	for _, u := range all {
		s.consider(r.Context(), u)
	}
	if len(all) == 1 && len(s.uploads.waiting()) == 1 {
		seeOther(w, r, "/uploads/"+all[0].id)
		return nil
	}
	seeOther(w, r, "/uploads")
	return nil
}

// consider looks at a file's head and begins to count. A file nobody said
// anything about is read as the last one with its header, if there was one.
func (s *server) consider(ctx context.Context, u *upload) {
	u.stop = func() {}
	if u.look, u.wrong = s.Work.Look(ctx, u.file); u.wrong == nil && u.shape == "" {
		u.shape = u.look.Shape()
		s.recall(ctx, u)
	}
	switch {
	case u.wrong != nil && !u.told:
		os.Remove(u.file.Path) // nobody can say yes to it
	case u.wrong == nil && len(u.look.Missing) == 0:
		s.count(ctx, u)
	}
	s.uploads.keep(u, s.Now())
}

// recall reads a file as the last one with its header was read.
func (s *server) recall(ctx context.Context, u *upload) {
	r, ok, err := s.Start.Reading(ctx, u.shape)
	if err != nil || !ok {
		return // the file is then read as if it were the first
	}
	file := u.file
	file.Reading = r
	if look, err := s.Work.Look(ctx, file); err == nil {
		u.file, u.look, u.again = file, look, true
	}
}

// count begins the dry run. It ends when the file is read otherwise or dropped.
func (s *server) count(ctx context.Context, u *upload) {
	ctx, u.stop = context.WithCancel(context.WithoutCancel(ctx))
	u.count = s.begin(ctx, "count", u.file.Name, func(_ context.Context, t *task) (result, error) {
		rejects, err := os.Create(u.rejects())
		if err != nil {
			return result{}, &behold.Error{Kind: behold.Unavailable, Code: "disk", Say: "the rejected rows cannot be kept", Hint: "is the disk full? nothing was imported", Err: err}
		}
		list := newRejectList(rejects)
		file := u.file
		file.Progress, file.Reject = t.progress, list.add
		receipt, err := s.Work.DryRun(ctx, file)
		return result{receipt: receipt}, errors.Join(err, list.close())
	})
}

// readDates considers a file anew, with its dates read the way the form says.
func (s *server) readDates(w http.ResponseWriter, r *request) error {
	u, err := s.uploads.get(r.PathValue("upload"))
	if err != nil {
		return s.elseItsWork(w, r, err)
	}
	first := r.PostFormValue("first")
	if first != "day" && first != "month" {
		return &behold.Error{Kind: behold.Invalid, Code: "date_order", Say: "day or month comes first in a date"}
	}
	told := u.file.Reading
	told.Dates = first
	s.considerAgain(w, r, u, told)
	return nil
}

// considerAgain considers a file anew, as it was just told.
func (s *server) considerAgain(w http.ResponseWriter, r *request, u *upload, told behold.Reading) {
	u.stop()
	again := &upload{id: u.id, file: u.file, size: u.size, since: u.since, shape: u.shape, told: true}
	again.file.Reading = told
	s.consider(r.Context(), again)
	seeOther(w, r, "/uploads/"+u.id)
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

// receive streams the form's files to the disk, whatever their size.
func (s *server) receive(r *request) (all []*upload, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, &behold.Error{Kind: behold.Invalid, Code: "no_file", Say: "no file came with the form", Hint: "choose a file first", Err: err}
	}
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF) && len(all) == 0:
			return nil, &behold.Error{Kind: behold.Invalid, Code: "no_file", Say: "no file came with the form", Hint: "choose a file first"}
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, &behold.Error{Kind: behold.Invalid, Code: "not_whole", Say: "the file did not arrive whole", Hint: "send it again", Err: err}
		case part.FormName() == "file" && part.FileName() != "" && !beside(part.FileName()):
			u, err := s.uploads.receive(part, s.Now())
			if err != nil {
				return nil, err
			}
			all = append(all, u)
		}
	}
}

// beside says whether a file only lies in a folder with others: what the system
// leaves there, and the truth beside an invented shop.
func beside(name string) bool {
	name = filepath.Base(name)
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini") || name == "truth.csv"
}

func (u *uploads) receive(part *multipart.Part, now time.Time) (*upload, error) {
	full := func(err error) error {
		return &behold.Error{Kind: behold.Unavailable, Code: "disk", Say: "the file cannot be kept while it waits", Hint: "is the disk full? nothing was imported", Err: err}
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
			old.gone()
			delete(u.all, id)
		}
	}
	u.all[new.id] = new
}

// waiting are the files that wait, the first to come first.
func (u *uploads) waiting() []*upload {
	u.mu.Lock()
	defer u.mu.Unlock()
	all := slices.Collect(maps.Values(u.all))
	slices.SortFunc(all, func(a, b *upload) int {
		return cmp.Or(a.since.Compare(b.since), strings.Compare(a.file.Name, b.file.Name))
	})
	return all
}

// gone takes the file and what was noted of it from the disk.
func (u *upload) gone() {
	u.stop()
	os.Remove(u.file.Path)
	os.Remove(u.rejects())
}

// rejects is where the rows that the dry run rejected are kept.
func (u *upload) rejects() string { return u.file.Path + ".rejects" }

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
	return nil, &behold.Error{Kind: behold.NotFound, Code: "no_upload", Say: "this file is not waiting any more", Hint: "it was imported or dropped; choose it again if you need it"}
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
		return nil, &behold.Error{Kind: behold.Conflict, Code: "busy", Say: "this file is being imported already"}
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
	} else if u.counting() {
		p.refresh = 2
	}
	if u.told {
		status = http.StatusOK // it can be told otherwise
	}
	return s.show(w, r, status, uploadContent(p.titled(u.file.Name), uploadView{upload: u, others: len(s.uploads.waiting()) - 1}))
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

// counting says whether the dry run goes on.
func (u *upload) counting() bool {
	if u.count == nil {
		return false
	}
	_, _, ended := u.count.outcome()
	return !ended
}

// confirmUpload imports the file and judges the customers anew.
func (s *server) confirmUpload(w http.ResponseWriter, r *request) error {
	u, err := s.uploads.take(r.PathValue("upload"))
	if err != nil {
		return s.elseItsWork(w, r, err)
	}
	t := s.beginAs(r.Context(), u.id, "import", u.file.Name, func(ctx context.Context, t *task) (done result, err error) {
		defer u.gone()
		file := u.file
		file.Progress = t.progress
		if done.receipt, err = s.Work.Import(ctx, file); err != nil {
			return done, err
		}
		ctx = t.mustEnd(ctx)
		if err := s.remember(ctx, u); err != nil {
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
	u.gone()
	if len(s.uploads.waiting()) > 0 {
		seeOther(w, r, "/uploads")
		return nil
	}
	seeOther(w, r, "/imports")
	return nil
}
