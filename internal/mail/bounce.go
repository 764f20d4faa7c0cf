package mail

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"net/textproto"
	"strings"

	"behold"
)

// mostReturned is how many bytes of a letter that came back are looked at: the
// report stands before the copy of the letter.
const mostReturned = 4 << 20

// Returned reads a letter that came back (RFC 3464): for whom it did not arrive, why,
// and which of our letters it was. A letter that is no such report is NotFound. An
// answer that says nothing for good, such as a delay or a full mailbox, is not Dead.
func Returned(r io.Reader) (list []behold.LetterBack, err error) {
	m, err := netmail.ReadMessage(bufio.NewReader(io.LimitReader(r, mostReturned)))
	if err != nil {
		return nil, noReport(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" || params["boundary"] == "" || !strings.EqualFold(params["report-type"], "delivery-status") {
		return nil, noReport(err)
	}
	key := ""
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if err != nil { // a report that is cut off behind its status has said what it had to say
			break
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		body := unpacked(part)
		switch kind {
		case "message/delivery-status", "message/global-delivery-status":
			list = append(list, statuses(body)...)
		case "message/rfc822", "message/rfc822-headers", "text/rfc822-headers", "message/global", "message/global-headers":
			if head, _ := textproto.NewReader(bufio.NewReader(body)).ReadMIMEHeader(); key == "" {
				key = keyIn(head.Get("Message-Id"))
			}
		}
	}
	if len(list) == 0 {
		return nil, noReport(nil)
	}
	for i := range list {
		list[i].Key = key
	}
	return list, nil
}

func noReport(err error) error {
	return &behold.Error{Kind: behold.NotFound, Code: "no_report", Say: "this is no report of a letter that came back", Hint: "save the whole report as .eml, not the text it shows", Err: err}
}

func unpacked(p *multipart.Part) io.Reader {
	switch strings.ToLower(p.Header.Get("Content-Transfer-Encoding")) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, p)
	case "quoted-printable":
		return quotedprintable.NewReader(p)
	}
	return p
}

// statuses are the recipients of a report: groups of fields, the first of which is
// about the letter as a whole.
func statuses(body io.Reader) (list []behold.LetterBack) {
	text, err := io.ReadAll(body)
	if err != nil {
		return nil
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	for group := range bytes.SplitSeq(text, []byte("\n\n")) {
		head, _ := textproto.NewReader(bufio.NewReader(bytes.NewReader(append(bytes.TrimLeft(group, "\n"), "\n\n"...)))).ReadMIMEHeader()
		to := recipient(head.Get("Original-Recipient"))
		if to == "" {
			to = recipient(head.Get("Final-Recipient"))
		}
		if to == "" {
			continue
		}
		status, _, _ := strings.Cut(strings.TrimSpace(head.Get("Status")), " ")
		said := oneLine(head.Get("Diagnostic-Code"))
		list = append(list, behold.LetterBack{
			Address: to, Status: status, Said: said, Dead: strings.EqualFold(strings.TrimSpace(head.Get("Action")), "failed") && dead(status),
		})
	}
	return list
}

// recipient is the address of a field such as "rfc822; anna@customer.example".
func recipient(field string) string {
	kind, to, ok := strings.Cut(field, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	to = strings.ToLower(strings.Trim(strings.TrimSpace(to), "<>"))
	if !ok || kind != "rfc822" && kind != "utf-8" || !strings.Contains(to, "@") {
		return ""
	}
	return to
}

// dead says whether a status (RFC 3463) speaks of an address that does not exist or
// is shut. A mailbox that is full, a letter that is too large or taken for spam says
// nothing of the kind.
func dead(status string) bool {
	switch {
	case strings.HasPrefix(status, "5.1."), status == "5.2.1", status == "5.4.4", status == "5.0.0", status == "5.3.0", status == "5.4.1":
		return true
	}
	return false
}

// keyIn is the Message.Key in a Message-ID of ours; "" in one that is not.
func keyIn(id string) string {
	id = strings.Trim(strings.TrimSpace(id), "<>")
	name, _, _ := strings.Cut(id, "@")
	key, ours := strings.CutPrefix(name, "behold.")
	if !ours {
		return ""
	}
	return key
}
