package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"behold"
)

// cameBack is the report of a mail server about a letter that it could not deliver.
func cameBack(to, status, id string) string {
	return strings.ReplaceAll("From: MAILER-DAEMON@mx.example\nSubject: Undelivered\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; "+to+
		"\nAction: failed\nStatus: "+status+"\nDiagnostic-Code: smtp; 550 no such user\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: "+id+"\n\n--b--\n", "\n", "\r\n")
}

// A letter that comes back marks its address for good, once; a forged report, a full
// mailbox and anything else marks nobody.
func TestLettersThatComeBack(t *testing.T) {
	h := openAsking(t, 24)
	h.ask(t, asking)
	mails := h.office.Mails()
	dir := t.TempDir()
	put := func(name, text string) {
		h.must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700))
		h.must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	id := func(n int) string { return headOf(t, mails[n]).Get("Message-Id") }
	put("new/1", cameBack(mails[0].To[0], "5.1.1", id(0)))
	put("cur/2:2,S", cameBack(mails[1].To[0], "5.2.2", id(1)))                             // full
	put("cur/3", cameBack(mails[2].To[0], "5.1.1", id(1)))                                 // another letter's
	put("cur/4", cameBack(mails[2].To[0], "5.1.1", "<behold.survey.3.0123456789ab@firm>")) // made up
	put("cur/5", cameBack(mails[2].To[0], "5.1.1", "<x@elsewhere.example>"))
	put("cur/6", "Subject: Tak\r\n\r\nHej!\r\n")
	later := asking.AddDate(0, 0, 1)
	got, err := h.ReturnedIn(t.Context(), dir, later)
	if want := (behold.BounceTally{Read: 6, Marked: 1, Passing: 1, NotOurs: 3, Other: 1}); err != nil || got != want {
		t.Fatalf("%+v, %v, want %+v", got, err, want)
	}
	if got, err = h.ReturnedIn(t.Context(), dir, later); err != nil || got.Marked != 0 || got.Known != 1 {
		t.Errorf("again: %+v, %v", got, err)
	}
	v, err := h.Invited(t.Context(), tokenIn(t, mails[0]))
	if err != nil || v.State != behold.InviteFailed || v.Why != "mail_address" || v.Said == "" {
		t.Errorf("%+v, %v", v, err)
	}
	h.ask(t, asking.AddDate(0, 0, 7))
	for _, m := range h.office.Mails()[len(mails):] {
		if m.To[0] == v.Address {
			t.Error("the dead address is reminded")
		}
	}
	_, err = h.Round(t.Context(), behold.DayOf(later), nil)
	h.must(t, err)
	for _, on := range []behold.Day{behold.DayOf(later), behold.DayOf(asking) + 1000} { // years later too
		drawn, _, err := h.Survey(t.Context(), on, later.AddDate(3, 0, 0), false)
		h.must(t, err)
		for _, k := range drawn.Askings {
			if k.Customer == v.Customer && k.Stream == behold.StreamLevel && k.Why != behold.AskBounced {
				t.Errorf("on %v %+v", on, k)
			}
		}
	}
	c, err := h.Facts.Customer(t.Context(), v.Customer, behold.NoDay)
	h.must(t, err)
	p, err := h.Facts.Portrait(t.Context(), c.Number, behold.DayOf(later))
	if err != nil || len(p.People) != 1 || !p.People[0].Bounced || p.People[0].Email != v.Address {
		t.Errorf("what the lamp of who left reads: %+v, %v", p.People, err)
	}
}
