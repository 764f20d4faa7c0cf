package mail

import (
	"strings"
	"testing"

	"behold"
)

// report is a letter that came back, as mail servers write them.
func report(status, original string) string {
	return "From: MAILER-DAEMON@mx.example\r\nTo: behold@firm.example\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"=_x1\"\r\n\r\nThis is a MIME-encapsulated message.\r\n\r\n" +
		"--=_x1\r\nContent-Description: Notification\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nI'm sorry to have to inform you\r\n\r\n" +
		"--=_x1\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\nArrival-Date: Fri, 14 Mar 2025 09:00:00 +0100\r\n\r\n" + status +
		"\r\n--=_x1\r\n" + original + "\r\n--=_x1--\r\n"
}

const headers = "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <behold.survey.7.0123456789ab@firm.example>\r\nSubject: Hej\r\nTo: anna@kunde.example\r\n"

func TestReturned(t *testing.T) {
	for name, c := range map[string]struct {
		report string
		want   behold.LetterBack
	}{
		"unknown mailbox": {
			report("Final-Recipient: rfc822; Anna@Kunde.example\r\nOriginal-Recipient: rfc822;anna@kunde.example\r\nAction: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; mx.kunde.example\r\nDiagnostic-Code: smtp; 550 5.1.1 <anna@kunde.example>:\r\n    Recipient address rejected: User unknown\r\n", headers),
			behold.LetterBack{Address: "anna@kunde.example", Status: "5.1.1", Said: "smtp; 550 5.1.1 <anna@kunde.example>: Recipient address rejected: User unknown", Key: "survey.7.0123456789ab", Dead: true},
		},
		"a whole copy of the letter, no line ends of mail": {
			strings.ReplaceAll(report("Final-Recipient: RFC822; anna@kunde.example\r\nAction: Failed\r\nStatus: 5.2.1 (disabled)\r\n", "Content-Type: message/rfc822\r\n\r\nReceived: from x\r\n by y\r\nMessage-Id: <behold.survey.7.again.0123456789ab@firm.example>\r\n\r\nHej Anna\r\n"), "\r\n", "\n"),
			behold.LetterBack{Address: "anna@kunde.example", Status: "5.2.1", Key: "survey.7.again.0123456789ab", Dead: true},
		},
		"a full mailbox":     {report("Final-Recipient: rfc822; anna@kunde.example\r\nAction: failed\r\nStatus: 5.2.2\r\n", headers), behold.LetterBack{Address: "anna@kunde.example", Status: "5.2.2", Key: "survey.7.0123456789ab"}},
		"taken for spam":     {report("Final-Recipient: rfc822; anna@kunde.example\r\nAction: failed\r\nStatus: 5.7.1\r\n", headers), behold.LetterBack{Address: "anna@kunde.example", Status: "5.7.1", Key: "survey.7.0123456789ab"}},
		"late, not lost":     {report("Final-Recipient: rfc822; anna@kunde.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n", headers), behold.LetterBack{Address: "anna@kunde.example", Status: "4.4.1", Key: "survey.7.0123456789ab"}},
		"of somebody else's": {report("Final-Recipient: rfc822; anna@kunde.example\r\nAction: failed\r\nStatus: 5.1.1\r\n", "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <x@shop.example>\r\n"), behold.LetterBack{Address: "anna@kunde.example", Status: "5.1.1", Dead: true}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Returned(strings.NewReader(c.report))
			if err != nil || len(got) != 1 || got[0] != c.want {
				t.Errorf("%+v, %v\nwant %+v", got, err, c.want)
			}
		})
	}
	for _, other := range []string{"", "hello", "Subject: Out of office\r\n\r\nI am on holiday.", report("", headers), "Content-Type: multipart/report; boundary=x\r\n\r\n", "\x00\xff"} {
		if got, err := Returned(strings.NewReader(other)); behold.KindOf(err) != behold.NotFound {
			t.Errorf("%.40q: %+v, %v", other, got, err)
		}
	}
}
