package mail

import (
	"crypto/x509"
	"fmt"
	"net"
	netmail "net/mail"
	"net/netip"
	"strconv"
	"strings"

	"behold"
)

// A Server is the mail server that takes our letters, as the one who installs
// Behold says it.
type Server struct {
	Host     string         // "": there is none, and no letters
	Port     int            // 0: 587, with Implicit 465, with None 25
	TLS      string         // StartTLS (also for ""), Implicit or None
	User     string         // "": the server asks for no password
	Password string         //
	From     string         // address, or name and address: Behold <behold@firm.example>
	ReplyTo  string         // the same; "": answers go to From
	Roots    *x509.CertPool // whose certificates are believed; nil: those of the machine
}

// How the way to the server is kept from other eyes.
const (
	StartTLS = "starttls" // begins in the open, continues only when encrypted
	Implicit = "implicit" // encrypted from the first byte
	None     = "none"     // in the open: for a server on this machine only
)

// Given says whether there is a mail server at all.
func (s *Server) Given() bool { return s.Host != "" }

// Check says what is missing or makes no sense, if anything.
func (s *Server) Check() error {
	bad := func(code, say, hint string) error {
		return &behold.Error{Kind: behold.Invalid, Say: say, Hint: hint, Code: code}
	}
	switch {
	case s.Host == "":
		return bad("mail_off", "there is no mail server yet", "set mail_host and mail_from in config.toml of the data folder, or BEHOLD_MAIL_HOST and BEHOLD_MAIL_FROM; behold config shows every key")
	case strings.ContainsAny(s.Host, " :/\r\n") && net.ParseIP(s.Host) == nil:
		return bad("mail_config", fmt.Sprintf("mail_host %q is not a name or an address", s.Host), "such as smtp.firm.example; the port stands in mail_port")
	case s.Port < 0 || s.Port > 65535:
		return bad("mail_config", "mail_port goes from 1 to 65535", "587 is usual, 465 with mail_tls = \"implicit\"")
	case s.TLS != "" && s.TLS != StartTLS && s.TLS != Implicit && s.TLS != None:
		return bad("mail_config", fmt.Sprintf("mail_tls cannot be %q", s.TLS), "starttls, implicit or none")
	case s.TLS == None && !loopback(s.Host):
		return bad("mail_config", "mail_tls may be none for a server on this machine only", "passwords and customers' names would travel in the open: use starttls or implicit")
	}
	if _, err := address(s.From); err != nil {
		return bad("mail_config", fmt.Sprintf("mail_from %q is no e-mail address", s.From), `such as "Behold <behold@firm.example>"; your mail server must let us send as it`)
	}
	if _, err := address(s.ReplyTo); s.ReplyTo != "" && err != nil {
		return bad("mail_config", fmt.Sprintf("mail_reply_to %q is no e-mail address", s.ReplyTo), "leave it out when answers may go to mail_from")
	}
	return nil
}

func (s *Server) port() int {
	switch {
	case s.Port != 0:
		return s.Port
	case s.TLS == Implicit:
		return 465
	case s.TLS == None:
		return 25
	}
	return 587
}

// place is where the server is, for what is said about it.
func (s *Server) place() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.port())) }

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.Unmap().IsLoopback()
}

// address reads an address with or without a name; one that holds a line break
// is none.
func address(s string) (*netmail.Address, error) {
	if strings.ContainsAny(s, "\r\n\x00") {
		return nil, fmt.Errorf("a line break in an address")
	}
	return netmail.ParseAddress(s)
}
