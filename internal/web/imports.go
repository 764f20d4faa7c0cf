package web

import (
	"context"
	"net/http"
	"strconv"

	"behold"
)

// An importsView is the list of what was imported, the latest first.
type importsView struct {
	receipts []behold.Receipt
	span     behold.Extent
	waiting  int // files that wait for a yes
	checks   []check
	day      behold.Day // up to which they are counted
}

func (s *server) importsPage(w http.ResponseWriter, r *request) error {
	var v importsView
	var err error
	if v.receipts, err = s.Arrivals.Imports(r.Context()); err != nil {
		return err
	}
	if v.span, err = s.Arrivals.Extent(r.Context(), endOfTime); err != nil {
		return err
	}
	v.waiting = len(s.uploads.waiting())
	if v.checks, v.day, err = s.checklist(r.Context()); err != nil {
		return err
	}
	p := s.page(r, "/imports")
	return s.show(w, r, http.StatusOK, importsContent(p.titled(p.T("page.imports.title")), v))
}

// receipt is the import that the address names.
func (s *server) receipt(r *request) (*behold.Receipt, error) {
	id, err := strconv.ParseInt(r.PathValue("import"), 10, 64)
	if err != nil {
		return nil, &behold.Error{Kind: behold.NotFound, Code: "no_import", Say: "there is no such import", Err: err}
	}
	all, err := s.Arrivals.Imports(r.Context())
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Import == id {
			return &all[i], nil
		}
	}
	return nil, &behold.Error{Kind: behold.NotFound, Code: "no_import", Say: "there is no import " + strconv.FormatInt(id, 10)}
}

func (s *server) importPage(w http.ResponseWriter, r *request) error {
	receipt, err := s.receipt(r)
	if err != nil {
		return err
	}
	p := s.page(r, "/imports")
	return s.show(w, r, http.StatusOK, importContent(p.titled(receipt.File), receipt))
}

func (s *server) rejectsCSV(w http.ResponseWriter, r *request) error {
	receipt, err := s.receipt(r)
	if err != nil {
		return err
	}
	return s.rejected(w, r, "rejects-"+strconv.FormatInt(receipt.Import, 10)+".csv", func(each func(behold.Reject) error) error {
		return s.Arrivals.EachReject(r.Context(), receipt.Import, each)
	})
}

func (s *server) undoPage(w http.ResponseWriter, r *request) error {
	receipt, err := s.receipt(r)
	if err != nil {
		return err
	}
	p := s.page(r, "/imports")
	return s.show(w, r, http.StatusOK, undoContent(p.titled(p.T("page.undo.title")), receipt))
}

func (s *server) undo(w http.ResponseWriter, r *request) error {
	receipt, err := s.receipt(r)
	if err != nil {
		return err
	}
	if !receipt.UndoneAt.IsZero() {
		return &behold.Error{Kind: behold.Conflict, Code: "undone", Say: "this import was undone already"}
	}
	t := s.begin(r.Context(), "undo", receipt.File, func(ctx context.Context, t *task) (result, error) {
		if err := s.Work.Undo(ctx, receipt.Import); err != nil {
			return result{}, err
		}
		s.noted(r, behold.ImportUndone, receipt.File)
		round, err := s.judge(ctx, t)
		return result{round: round}, err
	})
	seeOther(w, r, "/work/"+t.id)
	return nil
}
