package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"behold"
)

// An uploadView is one waiting file, and how many others wait beside it.
type uploadView struct {
	*upload
	others int
}

// A taken file is one of several that were imported at once.
type taken struct {
	name    string
	receipt *behold.Receipt
	err     error
}

// uploadsPage shows the files that wait, each with its way to a closer look.
func (s *server) uploadsPage(w http.ResponseWriter, r *request) error {
	all := s.uploads.waiting()
	if len(all) == 0 {
		seeOther(w, r, "/imports")
		return nil
	}
	p := s.page(r, "/imports")
	if slices.ContainsFunc(all, (*upload).counting) {
		p.refresh = 2
	}
	return s.show(w, r, http.StatusOK, uploadsContent(p.titled(p.T("start.waiting.title")), inOrder(all)))
}

// inOrder puts files in the order in which they are best read: customers first,
// then orders, then the tables as they are listed, and last what has no table yet.
func inOrder(all []*upload) []*upload {
	order := append([]behold.Table{behold.TableCustomers, behold.TableOrders}, behold.Tables()...)
	place := func(u *upload) int {
		if u.look == nil {
			return len(order)
		}
		return slices.Index(order, u.look.Table)
	}
	return slices.SortedStableFunc(slices.Values(all), func(a, b *upload) int { return place(a) - place(b) })
}

// ready says whether somebody can say yes to the file.
func (u *upload) ready() bool {
	if u.count == nil {
		return false
	}
	r, err, ended := u.count.outcome()
	return ended && err == nil && r.receipt.Kept+r.receipt.Changed > 0
}

func ready(all []*upload) int {
	n := 0
	for _, u := range all {
		if u.ready() {
			n++
		}
	}
	return n
}

// confirmUploads imports every file that is ready, in the right order, and judges
// the customers once. A file that fails does not stop the others.
func (s *server) confirmUploads(w http.ResponseWriter, r *request) error {
	var all []*upload
	for _, u := range inOrder(s.uploads.waiting()) {
		if !u.ready() {
			continue
		}
		if mine, err := s.uploads.take(u.id); err == nil { // else another press has it
			all = append(all, mine)
		}
	}
	if len(all) == 0 {
		if t := s.tasks.running("import"); t != nil {
			seeOther(w, r, "/work/"+t.id)
			return nil
		}
		seeOther(w, r, "/imports")
		return nil
	}
	t := s.begin(r.Context(), "import", s.page(r, "").N("start.files", len(all)), func(ctx context.Context, t *task) (result, error) {
		return s.importAll(ctx, t, all)
	})
	seeOther(w, r, "/work/"+t.id)
	return nil
}

func (s *server) importAll(ctx context.Context, t *task, all []*upload) (done result, err error) {
	var total, before int64
	for _, u := range all {
		total += u.size
	}
	ctx = t.mustEnd(ctx) // some files would be in, others not
	news := false
	for _, u := range all {
		file := u.file
		file.Progress = func(part, whole int64) {
			if whole > 0 {
				t.progress(before+int64(float64(u.size)*float64(part)/float64(whole)), total)
			}
		}
		one := taken{name: u.file.Name}
		if one.receipt, one.err = s.Work.Import(ctx, file); one.err == nil {
			one.err = s.remember(ctx, u)
			news = news || one.receipt.Kept+one.receipt.Changed > 0
		}
		done.files = append(done.files, one)
		u.gone()
		before += u.size
	}
	if news {
		done.round, err = s.judge(ctx, t)
	}
	return done, err
}

func uploadURL(u *upload, rest string) string { return "/uploads/" + u.id + rest }

func columnName(i int) string { return "c" + strconv.Itoa(i) }
