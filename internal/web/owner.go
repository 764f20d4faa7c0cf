package web

import "net/http"

// ownerPage is the owner's two pages: five questions with their answers, each figure
// with how it is worked out beside it, made to be printed.
func (s *server) ownerPage(w http.ResponseWriter, r *request) error {
	o, err := s.overview(r.Context())
	if err != nil {
		return err
	}
	p := s.page(r, "/money")
	v, err := s.reckon(r.Context(), o.round, p.Lang(), "economy")
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, ownerContent(p.titled(p.T("economy.title")), o, v))
}
