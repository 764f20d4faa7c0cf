package mail

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// A postOffice is a real mail server on this machine that does as it is told.
type postOffice struct {
	port  int
	roots *x509.CertPool

	mu       sync.Mutex
	mails    []received
	password string // "": whoever comes may send
	sender   error  // its answers, in the order of the conversation; nil: yes
	address  error
	content  []error // to one letter after the other; then yes
	hangUp   bool    // after the letter, without an answer
}

type received struct {
	from string
	to   []string
	body []byte
}

var errHangUp = errors.New("hang up")

func refusal(code int, says string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: says}
}

// openPostOffice starts a server; implicit: encrypted from the first byte; else
// with STARTTLS, or without when plain.
func openPostOffice(t *testing.T, how string) *postOffice {
	t.Helper()
	certificate, roots := selfMade(t)
	p := &postOffice{roots: roots}
	server := smtp.NewServer(p)
	server.Domain, server.ErrorLog = "localhost", log.New(io.Discard, "", 0)
	server.ReadTimeout, server.WriteTimeout = 5*time.Second, 5*time.Second
	server.MaxMessageBytes, server.AllowInsecureAuth = 1<<20, how == None
	secure := &tls.Config{Certificates: []tls.Certificate{certificate}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.port = listener.Addr().(*net.TCPAddr).Port
	switch how {
	case Implicit:
		listener = tls.NewListener(listener, secure)
	case StartTLS:
		server.TLSConfig = secure
	}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return p
}

// to is how letters reach this server.
func (p *postOffice) to(how string) *Server {
	return &Server{Host: "127.0.0.1", Port: p.port, TLS: how, From: "Behold <behold@firm.example>", Roots: p.roots}
}

func (p *postOffice) all() []received {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.mails
}

func (p *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &visit{office: p, conn: c}, nil
}

type visit struct {
	office *postOffice
	conn   *smtp.Conn
	mail   received
	known  bool
}

func (v *visit) AuthMechanisms() []string {
	if v.office.password == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, name, password string) error {
		if name != "behold" || password != v.office.password {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "wrong name or password"}
		}
		v.known = true
		return nil
	}), nil
}

func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	if v.office.password != "" && !v.known {
		return smtp.ErrAuthRequired
	}
	v.mail = received{from: from}
	return v.office.sender
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.mail.to = append(v.mail.to, to)
	return v.office.address
}

func (v *visit) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	p := v.office
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hangUp {
		v.conn.Conn().Close()
		return errHangUp
	}
	if len(p.content) > 0 {
		answer := p.content[0]
		p.content = p.content[1:]
		if answer != nil {
			return answer
		}
	}
	v.mail.body = bytes.Clone(body)
	p.mails = append(p.mails, v.mail)
	return nil
}

func (v *visit) Reset()        { v.mail = received{} }
func (v *visit) Logout() error { return nil }

// selfMade is a certificate for this machine, and the pool that believes it.
func selfMade(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	made := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "a post office"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost"},
	}
	der, err := x509.CreateCertificate(rand.Reader, made, made, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}
