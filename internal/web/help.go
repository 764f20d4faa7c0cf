package web

import "net/http"

// A helpView is the page of explanations, and the words they were searched for.
type helpView struct {
	words  string
	groups []figureGroup
}

func (s *server) helpPage(w http.ResponseWriter, r *request) error {
	p := s.page(r, "/help")
	v := helpView{words: cut(r.URL.Query().Get("q"), 100)}
	v.groups = p.found(v.words)
	return s.show(w, r, http.StatusOK, helpContent(p.titled(p.T("help.title")), v))
}
