package mail

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/postoffice"
)

func open(t *testing.T, how string) *postoffice.Office {
	t.Helper()
	office, err := postoffice.Open(how, postoffice.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { office.Close() })
	return office
}

// to is how letters reach an office.
func to(o *postoffice.Office, how string) *Server {
	return &Server{Host: "127.0.0.1", Port: o.Port, TLS: how, From: "Behold <behold@firm.example>", Roots: o.Roots}
}

var morning = time.Date(2025, 3, 14, 7, 0, 3, 0, time.FixedZone("CET", 3600))

func letter() Message {
	return Message{
		To: "mette@firm.example", Name: "Mette Ødegård 🌻", Subject: "3 kunder har brug for dig i dag – Hotel Strandgården er først 😀 og så kommer Rådhuskælderen bagefter",
		Text: "Godmorgen Mette\n\nHotel Strandgården har ikke købt i 84 dage.\n.\nEn linje med et punktum alene.\n",
		HTML: "<!doctype html><p>Hotel Strandgården har ikke købt i 84 dage.</p>" + strings.Repeat("å", 2000), Language: "da",
		Key: "morning.2025-03-14.abc", Stop: "https://behold.firm.example/letters/stop/x.y", Date: morning,
	}
}

func TestALetterArrivesWhole(t *testing.T) {
	for _, how := range []string{StartTLS, Implicit, None} {
		t.Run(how, func(t *testing.T) {
			office := open(t, how)
			office.Obey(postoffice.Rules{Password: "hemmeligt"})
			server := to(office, how)
			server.User, server.Password, server.ReplyTo = "behold", "hemmeligt", "Søren <salg@firm.example>"
			want := letter()
			if err := server.Send(t.Context(), want); err != nil {
				t.Fatal(err)
			}
			mails := office.Mails()
			if len(mails) != 1 || mails[0].From != "behold@firm.example" || len(mails[0].To) != 1 || mails[0].To[0] != want.To {
				t.Fatalf("%d letters arrived, %+v", len(mails), mails)
			}
			head, parts := taken(t, mails[0].Body)
			for name, value := range map[string]string{
				"Subject": want.Subject, "Message-Id": "<behold.morning.2025-03-14.abc@firm.example>",
				"List-Unsubscribe": "<" + want.Stop + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
				"Auto-Submitted": "auto-generated", "Content-Language": "da", "Mime-Version": "1.0", "User-Agent": "", "X-Mailer": "",
			} {
				if got := decoded(t, head.Get(name)); got != value {
					t.Errorf("%s: %q, want %q", name, got, value)
				}
			}
			if date, err := head.Date(); err != nil || !date.Equal(morning) {
				t.Errorf("Date %v, %v", date, err)
			}
			for name, value := range map[string]netmail.Address{
				"To": {Name: want.Name, Address: want.To}, "From": {Name: "Behold", Address: "behold@firm.example"}, "Reply-To": {Name: "Søren", Address: "salg@firm.example"},
			} {
				if list, err := head.AddressList(name); err != nil || len(list) != 1 || *list[0] != value {
					t.Errorf("%s: %v, %v", name, list, err)
				}
			}
			if len(parts) != 2 || parts["text/plain"] != want.Text || parts["text/html"] != want.HTML {
				t.Errorf("the letter came as %d parts: %.300q", len(parts), parts)
			}
		})
	}
}

// taken reads a letter as a mail program does. No line of it is longer than a
// server must take, and its head is plain ASCII.
func taken(t *testing.T, body []byte) (netmail.Header, map[string]string) {
	t.Helper()
	top, _, _ := bytes.Cut(body, []byte("\r\n\r\n"))
	for _, line := range bytes.Split(body, []byte("\r\n")) {
		if len(line) > 998 || len(line) > 80 && len(bytes.TrimSpace(bytes.TrimPrefix(line, []byte("List-Unsubscribe:")))) > 80 {
			t.Errorf("a line of %d bytes: %.90s", len(line), line)
		}
	}
	for _, b := range top {
		if b >= 0x80 {
			t.Fatalf("the head is not ASCII: %s", top)
		}
	}
	m, err := netmail.ReadMessage(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	if kind != "multipart/alternative" {
		raw, err := io.ReadAll(quotedprintable.NewReader(m.Body))
		if err != nil {
			t.Fatal(err)
		}
		parts[kind] = unix(raw)
		return m.Header, parts
	}
	var order []string
	for all := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := all.NextPart() // undoes quoted-printable
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, params, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil || !strings.EqualFold(params["charset"], "utf-8") {
			t.Errorf("a part is %v %v, %v", kind, params, err)
		}
		raw, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		parts[kind] = unix(raw)
		order = append(order, kind)
	}
	if strings.Join(order, " ") != "text/plain text/html" {
		t.Errorf("parts come as %v: the last one is shown", order)
	}
	return m.Header, parts
}

func unix(raw []byte) string { return strings.ReplaceAll(string(raw), "\r\n", "\n") }

func decoded(t *testing.T, s string) string {
	t.Helper()
	plain, err := new(mime.WordDecoder).DecodeHeader(s)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// Whatever a name or a subject is made of, it adds no line to the head.
func TestNothingIsInjected(t *testing.T) {
	office := open(t, None)
	server := to(office, None)
	m := letter()
	m.Subject = "hello\r\nBcc: all@evil.example\r\n\r\n<script>"
	m.Name = "Mette\"\r\nBcc: all@evil.example\r\nX: \""
	m.Key = "morning\r\nBcc: x@evil.example"
	m.Stop = "https://firm.example/a>\r\nBcc: x@evil.example"
	m.Language = "da\r\nBcc: x@evil.example"
	if err := server.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	mails := office.Mails()
	if len(mails) != 1 || len(mails[0].To) != 1 {
		t.Fatalf("%+v", mails)
	}
	head, _ := taken(t, mails[0].Body)
	if head.Get("Bcc") != "" || head.Get("X") != "" || strings.Contains(string(mails[0].Body), "\r\nBcc:") {
		t.Errorf("a line was added:\n%s", mails[0].Body)
	}
	for _, to := range []string{"a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "", "no address", "a@b.example\x00"} {
		m := letter()
		m.To = to
		if err := server.Send(t.Context(), m); !Final(err) {
			t.Errorf("to %q: %v", to, err)
		}
	}
	if len(office.Mails()) != 1 {
		t.Error("something was sent to an address that is none")
	}
}

func TestOneClickNeedsAnEncryptedWay(t *testing.T) {
	office := open(t, None)
	for _, c := range []struct{ stop, reply, list, post string }{
		{"http://192.168.1.5:8484/letters/stop/x", "", "<http://192.168.1.5:8484/letters/stop/x>", ""},
		{"", "salg@firm.example", "<mailto:salg@firm.example?subject=unsubscribe>", ""},
		{"", "", "", ""},
	} {
		server := to(office, None)
		server.ReplyTo = c.reply
		m := letter()
		m.Stop = c.stop
		if err := server.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		mails := office.Mails()
		head, _ := taken(t, mails[len(mails)-1].Body)
		if head.Get("List-Unsubscribe") != c.list || head.Get("List-Unsubscribe-Post") != c.post {
			t.Errorf("%+v: %q, %q", c, head.Get("List-Unsubscribe"), head.Get("List-Unsubscribe-Post"))
		}
	}
}

// Every way to fail has its own words, and says whether to try again.
func TestFailures(t *testing.T) {
	plain := func(rules postoffice.Rules) *Server {
		office := open(t, None)
		office.Obey(rules)
		return to(office, None)
	}
	encrypted := func(how string) *Server { return to(open(t, how), how) }
	stranger := encrypted(StartTLS)
	stranger.Roots = nil
	mismatch := to(open(t, Implicit), StartTLS)
	mismatch.Port = open(t, Implicit).Port
	none := to(open(t, None), StartTLS)
	implicitToPlain := to(open(t, None), Implicit)
	wrongPassword := open(t, StartTLS)
	wrongPassword.Obey(postoffice.Rules{Password: "right"})
	wrong := to(wrongPassword, StartTLS)
	wrong.User, wrong.Password = "behold", "wrong"
	noAuth := encrypted(StartTLS)
	noAuth.User, noAuth.Password = "behold", "x"
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := closed.Addr().(*net.TCPAddr).Port
	closed.Close()
	mute, err := net.Listen("tcp", "127.0.0.1:0") // takes the call and hangs up
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	go func() {
		for {
			c, err := mute.Accept()
			if err != nil {
				return
			}
			c.Close()
		}
	}()
	busy, err := net.Listen("tcp", "127.0.0.1:0") // answers the call with "not now"
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	go func() {
		for {
			c, err := busy.Accept()
			if err != nil {
				return
			}
			io.WriteString(c, "421 too many calls\r\n")
			c.Close()
		}
	}()
	for _, c := range []struct {
		name   string
		server *Server
		code   string
		final  bool
		answer string
	}{
		{"no such name", &Server{Host: "smtp.firm.invalid", From: "a@firm.example"}, "mail_name", false, ""},
		{"nobody listens", &Server{Host: "127.0.0.1", Port: port, TLS: None, From: "a@firm.example"}, "mail_silent", false, ""},
		{"hangs up at once", &Server{Host: "127.0.0.1", Port: mute.Addr().(*net.TCPAddr).Port, TLS: None, From: "a@firm.example"}, "mail_broke", false, ""},
		{"too busy to talk", &Server{Host: "127.0.0.1", Port: busy.Addr().(*net.TCPAddr).Port, TLS: None, From: "a@firm.example"}, "mail_broke", false, "421"},
		{"a certificate nobody knows", stranger, "mail_tls", false, ""},
		{"no STARTTLS", none, "mail_tls", false, ""},
		{"implicit where the server begins in the open", implicitToPlain, "mail_tls", false, ""},
		{"wrong password", wrong, "mail_auth", false, "535"},
		{"no passwords here", noAuth, "mail_auth", false, ""},
		{"password wanted, none given", to(wrongPassword, StartTLS), "mail_auth", false, "502"},
		{"sender refused", plain(postoffice.Rules{Sender: postoffice.Refusal(550, "not yours")}), "mail_sender", false, "550"},
		{"sender refused for now", plain(postoffice.Rules{Sender: postoffice.Refusal(451, "busy")}), "mail_later", false, "451"},
		{"no such address", plain(postoffice.Rules{Address: postoffice.Refusal(550, "no such mailbox")}), "mail_address", true, "no such mailbox"},
		{"mailbox full", plain(postoffice.Rules{Address: postoffice.Refusal(452, "full")}), "mail_later", false, "452"},
		{"looks like spam", plain(postoffice.Rules{Content: []error{postoffice.Refusal(554, "spam")}}), "mail_content", true, "554"},
		{"try again", plain(postoffice.Rules{Content: []error{postoffice.Refusal(451, "greylisted")}}), "mail_later", false, "greylisted"},
		{"breaks off after the letter", plain(postoffice.Rules{HangUp: true}), "mail_broke", false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.server.Send(t.Context(), letter())
			var said *behold.Error
			if !errors.As(err, &said) || said.Code != c.code || said.Hint == "" {
				t.Fatalf("%v (%+v), want the code %s and a hint", err, said, c.code)
			}
			if Final(err) != c.final {
				t.Errorf("final is %v", Final(err))
			}
			if answer := Answer(err); !strings.Contains(answer, c.answer) || c.answer == "" && answer != "" {
				t.Errorf("the server's answer is %q", answer)
			}
		})
	}
}

func TestLaterIsTakenTheNextTime(t *testing.T) {
	office := open(t, None)
	office.Obey(postoffice.Rules{Content: []error{postoffice.Refusal(421, "closing"), postoffice.Refusal(451, "greylisted")}})
	server := to(office, None)
	for range 2 {
		if err := server.Send(t.Context(), letter()); err == nil || Final(err) {
			t.Fatalf("%v, want to try again", err)
		}
	}
	if err := server.Send(t.Context(), letter()); err != nil {
		t.Fatal(err)
	}
	if n := len(office.Mails()); n != 1 {
		t.Errorf("%d letters arrived", n)
	}
}

func TestCheck(t *testing.T) {
	good := Server{Host: "smtp.firm.example", From: "Behold <behold@firm.example>"}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*Server){
		"no server":             func(s *Server) { s.Host = "" },
		"a port in the name":    func(s *Server) { s.Host = "smtp.firm.example:587" },
		"a port beyond all":     func(s *Server) { s.Port = 70000 },
		"a word for TLS":        func(s *Server) { s.TLS = "ssl" },
		"open to the world":     func(s *Server) { s.TLS = None },
		"no sender":             func(s *Server) { s.From = "" },
		"a sender with lines":   func(s *Server) { s.From = "a@b.example\r\nBcc: c@d.example" },
		"answers to no address": func(s *Server) { s.ReplyTo = "salg" },
	} {
		s := good
		spoil(&s)
		if err := s.Check(); behold.KindOf(err) != behold.Invalid || behold.HintOf(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
		if err := s.Send(t.Context(), letter()); behold.KindOf(err) != behold.Invalid {
			t.Errorf("%s, sent: %v", name, err)
		}
	}
}
