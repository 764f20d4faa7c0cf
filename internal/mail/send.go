package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/textproto"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"behold"
)

// patience is how long one answer of the server is waited for.
const patience = 30 * time.Second

// Send hands over a letter and comes back when the server has taken it or has
// not. The error says why in words, with a Code for the pages; Final tells
// whether it is of any use to try again.
func (s *Server) Send(ctx context.Context, m Message) error {
	if err := s.Check(); err != nil {
		return err
	}
	msg, err := s.write(&m)
	if err != nil {
		return err
	}
	client, err := s.client()
	if err != nil {
		return &behold.Error{Kind: behold.Invalid, Say: "the settings of the mail server make no sense", Hint: "behold config shows them", Code: "mail_config", Err: err}
	}
	if err := client.DialWithContext(ctx); err != nil {
		return s.unreached(err)
	}
	err = client.Send(msg)
	bye := client.Close()
	if msg.IsDelivered() { // taken; how the goodbye went is no matter
		return nil
	}
	return s.refused(errors.Join(err, bye))
}

func (s *Server) client() (*gomail.Client, error) {
	options := []gomail.Option{
		gomail.WithPort(s.port()), gomail.WithTimeout(patience), gomail.WithHELO(s.greeting()), gomail.WithoutNoop(),
		gomail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}),
	}
	switch s.TLS {
	case Implicit:
		options = append(options, gomail.WithSSL())
	case None:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
		if s.TLS == None {
			options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthPlainNoEnc)) // to this machine itself
		}
	}
	return gomail.NewClient(s.Host, options...)
}

// greeting is the domain we send from: a machine's own name says nothing outside
// and tells more than it should.
func (s *Server) greeting() string {
	if from, err := address(s.From); err == nil {
		if _, domain, ok := strings.Cut(from.Address, "@"); ok {
			return domain
		}
	}
	return "localhost"
}

// unreached says why there is no conversation with the server.
func (s *Server) unreached(err error) error {
	e := &behold.Error{Kind: behold.Unavailable, Err: err}
	var name *net.DNSError
	var dial *net.OpError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &name):
		e.Say, e.Code = "the mail server "+s.Host+" cannot be found", "mail_name"
		e.Hint = "is mail_host spelled right, and does this machine reach the net?"
	case isTLS(err):
		e.Say, e.Code = "no encrypted way to the mail server "+s.place(), "mail_tls"
		e.Hint = "mail_host must be the name in the server's certificate; port 465 needs mail_tls = \"implicit\", port 587 starttls"
	case errors.As(err, &dial) && dial.Op == "dial":
		e.Say, e.Code = "the mail server "+s.place()+" does not answer", "mail_silent"
		e.Hint = "is it running, is mail_port right, does a firewall stand between?"
	case answered(err) >= 400 && answered(err) < 500:
		e.Say, e.Code = "the mail server "+s.place()+" is busy", "mail_broke"
		e.Hint = "it is tried again"
	case answered(err) != 0 || strings.Contains(err.Error(), "AUTH"):
		e.Say, e.Code = "the mail server "+s.place()+" does not let us in", "mail_auth"
		e.Hint = "check mail_user and mail_password; many providers want an app password"
		if strings.Contains(err.Error(), "does not support SMTP AUTH") {
			e.Hint = "it asks for no password here: leave mail_user out, or use the port for sending (587 or 465)"
		}
	default:
		e.Say, e.Code = "the mail server "+s.place()+" broke off", "mail_broke"
		e.Hint = "port 465 needs mail_tls = \"implicit\", port 587 starttls; otherwise try again later"
	}
	return e
}

// refused says why the server did not take the letter.
func (s *Server) refused(err error) error {
	e := &behold.Error{Kind: behold.Unavailable, Err: err}
	var sent *gomail.SendError
	code := answered(err)
	switch known := errors.As(err, &sent); {
	case code == 0:
		e.Say, e.Code = "the mail server "+s.place()+" broke off in the middle of the letter", "mail_broke"
		e.Hint = "it is tried again; the server's own log says more"
	case code < 500:
		e.Say, e.Code = "the mail server asks us to try again later", "mail_later"
		e.Hint = "it is tried again"
	case known && sent.Reason == gomail.ErrSMTPMailFrom && (code == 530 || code == 502):
		e.Say, e.Code = "the mail server "+s.place()+" wants to know who sends", "mail_auth"
		e.Hint = "set mail_user and mail_password"
	case known && sent.Reason == gomail.ErrSMTPMailFrom:
		e.Say, e.Code = "the mail server does not let us send as mail_from", "mail_sender"
		e.Hint = "set mail_from to an address that mail_user may send as"
	case known && sent.Reason == gomail.ErrSMTPRcptTo:
		e.Kind, e.Say, e.Code = behold.Invalid, "the mail server refuses the address", "mail_address"
		e.Hint = "correct the address where colleagues are listed"
	default:
		e.Kind, e.Say, e.Code = behold.Invalid, "the mail server refuses the letter", "mail_content"
		e.Hint = "its answer says why; a filter for spam or size, perhaps"
	}
	return e
}

// Final says whether a letter that failed with err is not to be tried again: the
// server has said no to this address or to this letter.
func Final(err error) bool {
	var e *behold.Error
	return errors.As(err, &e) && (e.Code == "mail_address" || e.Code == "mail_content")
}

// Answer is what the server said, for who looks after it; "" when it said nothing.
func Answer(err error) string {
	var said *textproto.Error
	if errors.As(err, &said) {
		return said.Error()
	}
	var sent *gomail.SendError
	if errors.As(err, &sent) && sent.ErrorCode() != 0 {
		return sent.Error()
	}
	return ""
}

// answered is the number the server answered with; 0 when it did not.
func answered(err error) int {
	var said *textproto.Error
	if errors.As(err, &said) {
		return said.Code
	}
	var sent *gomail.SendError
	if errors.As(err, &sent) {
		return sent.ErrorCode()
	}
	return 0
}

func isTLS(err error) bool {
	var record tls.RecordHeaderError
	var verify *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var alert tls.AlertError
	if errors.As(err, &record) || errors.As(err, &verify) || errors.As(err, &unknown) || errors.As(err, &host) || errors.As(err, &alert) {
		return true
	}
	text := err.Error()
	return strings.Contains(text, "STARTTLS") || strings.Contains(text, "tls: ") && !errors.Is(err, io.EOF)
}
