package web

import (
	"net/http"

	"behold"
)

// An invitationView is the page behind a link by which a password is chosen.
type invitationView struct {
	who   behold.Colleague
	token string
	wrong error
}

func (s *server) invitationPage(w http.ResponseWriter, r *request) error {
	if err := s.needsAccess(); err != nil {
		return err
	}
	token := r.PathValue("token")
	who, err := s.Access.Invited(r.Context(), token)
	if err != nil {
		return err
	}
	return s.showInvitation(w, r, http.StatusOK, invitationView{who: who, token: token})
}

func (s *server) showInvitation(w http.ResponseWriter, r *request, status int, v invitationView) error {
	p := s.page(r, "")
	return s.show(w, r, status, invitationContent(p.titled(p.T("access.invitation.title")), v))
}

// accept keeps the password that was chosen, and lets in whoever chose it.
func (s *server) accept(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := s.needsAccess(); err != nil {
		return err
	}
	if err := s.Access.Knock(s.address(r.Request)); err != nil {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	v := invitationView{token: r.PathValue("token")}
	pass, who, err := s.Access.Accept(r.Context(), v.token, r.PostFormValue("password"))
	if behold.KindOf(err) == behold.Invalid {
		v.who, v.wrong = who, err
		return s.showInvitation(w, r, http.StatusUnprocessableEntity, v)
	}
	if err != nil {
		return err
	}
	s.letIn(w, r, pass, who)
	seeOther(w, r, "/")
	return nil
}
