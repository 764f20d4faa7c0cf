// Package postoffice is a real mail server on this machine that does as it is
// told, for tests of what sends letters. It stands on no floor: any test may use
// it, and no program does.
package postoffice

import (
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
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// How the way to the office is kept from other eyes.
const (
	StartTLS = "starttls"
	Implicit = "implicit"
	None     = "none"
)

// An Office is an open mail server. Its answers may be changed while it is open,
// between letters.
type Office struct {
	Port  int
	Roots *x509.CertPool // believe its certificate

	server *smtp.Server
	mu     sync.Mutex
	mails  []Mail
	rules  Rules
}

// Rules are how an office answers; the zero Rules take every letter.
type Rules struct {
	Password string  // of the user behold; "": whoever comes may send
	Sender   error   // its answers, in the order of the conversation; nil: yes
	Address  error   //
	Content  []error // to one letter after the other; then yes
	HangUp   bool    // after the letter, without an answer
	Took     func()  // called when a letter was taken, before the answer
}

// A Mail is a letter that was taken.
type Mail struct {
	From string
	To   []string
	Body []byte
}

// Refusal is an answer with a number, such as 550.
func Refusal(code int, says string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: says}
}

var errHangUp = errors.New("hang up")

// Open opens an office at a free port of this machine.
func Open(how string, rules Rules) (*Office, error) {
	certificate, roots, err := selfMade()
	if err != nil {
		return nil, err
	}
	o := &Office{Roots: roots, rules: rules}
	o.server = smtp.NewServer(o)
	o.server.Domain, o.server.ErrorLog = "localhost", log.New(io.Discard, "", 0)
	o.server.ReadTimeout, o.server.WriteTimeout = 5*time.Second, 5*time.Second
	o.server.MaxMessageBytes, o.server.AllowInsecureAuth = 1<<20, how == None
	secure := &tls.Config{Certificates: []tls.Certificate{certificate}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	o.Port = listener.Addr().(*net.TCPAddr).Port
	switch how {
	case Implicit:
		listener = tls.NewListener(listener, secure)
	case StartTLS:
		o.server.TLSConfig = secure
	}
	go o.server.Serve(listener)
	return o, nil
}

// Close closes the office.
func (o *Office) Close() error { return o.server.Close() }

// Obey changes how the office answers.
func (o *Office) Obey(rules Rules) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.rules = rules
}

// Mails are the letters that were taken.
func (o *Office) Mails() []Mail {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]Mail(nil), o.mails...)
}

func (o *Office) now() Rules {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.rules
}

// NewSession begins a conversation.
func (o *Office) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &visit{office: o, conn: c}, nil
}

type visit struct {
	office *Office
	conn   *smtp.Conn
	mail   Mail
	known  bool
}

func (v *visit) AuthMechanisms() []string {
	if v.office.now().Password == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, name, password string) error {
		if name != "behold" || password != v.office.now().Password {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "wrong name or password"}
		}
		v.known = true
		return nil
	}), nil
}

func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	rules := v.office.now()
	if rules.Password != "" && !v.known {
		return smtp.ErrAuthRequired
	}
	v.mail = Mail{From: from}
	return rules.Sender
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.mail.To = append(v.mail.To, to)
	return v.office.now().Address
}

func (v *visit) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	v.mail.Body = body
	return v.office.take(v)
}

func (o *Office) take(v *visit) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.rules.HangUp {
		v.conn.Conn().Close()
		return errHangUp
	}
	if len(o.rules.Content) > 0 {
		answer := o.rules.Content[0]
		o.rules.Content = o.rules.Content[1:]
		if answer != nil {
			return answer
		}
	}
	o.mails = append(o.mails, v.mail)
	if o.rules.Took != nil {
		o.rules.Took()
	}
	return nil
}

func (v *visit) Reset()        { v.mail = Mail{} }
func (v *visit) Logout() error { return nil }

// selfMade is a certificate for this machine, and the pool that believes it.
func selfMade() (tls.Certificate, *x509.CertPool, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	made := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "a post office"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost"},
	}
	der, err := x509.CreateCertificate(rand.Reader, made, made, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots, nil
}
