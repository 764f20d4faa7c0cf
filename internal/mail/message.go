package mail

import (
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"behold"
)

// A Message is one letter on its way out. What stands in its head is one line
// each, whatever it was made of.
type Message struct {
	To       string // address
	Name     string // of whom it is for; "": the address alone
	Subject  string
	Text     string
	HTML     string // "": text alone
	Language string // such as "da"
	Key      string // what makes it this letter: sent once more it has the same Message-ID
	Stop     string // address of the page that stops such letters; "": none
	Date     time.Time
}

// write puts the message into the form that goes over the wire: text and HTML
// beside each other, UTF-8, no more in the head than a reader or a server needs.
func (s *Server) write(m *Message) (*gomail.Msg, error) {
	to, err := address(m.To)
	if err != nil {
		return nil, &behold.Error{Kind: behold.Invalid, Say: "the address of the letter is no e-mail address", Hint: "correct it where colleagues are listed", Code: "mail_address", Err: err}
	}
	from, err := address(s.From)
	if err != nil {
		return nil, s.Check()
	}
	to.Name, from.Name = oneLine(m.Name), oneLine(from.Name)
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingQP))
	msg.FromMailAddress(from)
	msg.ToMailAddress(to)
	if reply, err := address(s.ReplyTo); err == nil {
		reply.Name = oneLine(reply.Name)
		msg.ReplyToMailAddress(reply)
	}
	msg.Subject(oneLine(m.Subject))
	msg.SetDateWithValue(m.Date)
	msg.SetMessageIDWithValue(messageID(m.Key, from))
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	msg.SetGenHeader(gomail.HeaderContentLang, oneLine(m.Language))
	s.stop(msg, m.Stop)
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}

// stop says how the letter is stopped (RFC 2369), with one click where the way
// there is encrypted (RFC 8058). Without a page it is an answer that says so, if
// somebody reads the answers.
func (s *Server) stop(msg *gomail.Msg, page string) {
	switch {
	case strings.HasPrefix(page, "https://"):
		msg.SetListUnsubscribe(bracketed(page))
		msg.SetListUnsubscribePost()
	case page != "":
		msg.SetListUnsubscribe(bracketed(page))
	case s.ReplyTo != "":
		if reply, err := address(s.ReplyTo); err == nil {
			msg.SetListUnsubscribe("<mailto:" + reply.Address + "?subject=unsubscribe>")
		}
	}
}

func bracketed(page string) string {
	return "<" + strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(oneLine(page)) + ">"
}

// messageID is made of the letter's key and the domain we send from, so that a
// letter sent once more is the same letter to whoever keeps it.
func messageID(key string, from *netmail.Address) string {
	_, domain, ok := strings.Cut(from.Address, "@")
	if !ok {
		domain = "behold.invalid"
	}
	clean := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '-'
	}, key)
	return "behold." + clean + "@" + domain
}

// oneLine keeps what came from files and forms to one line of a head.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s))
}
