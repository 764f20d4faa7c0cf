package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
)

// An owner made at the command line, while a server runs, signs in by the link
// that was printed, forgets the password, and finds the way back in.
func TestColleaguesAtTheCommandLine(t *testing.T) {
	dir := t.TempDir()
	server := process(t, dir, "serve", "--listen", "127.0.0.1:0")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Process.Signal(os.Interrupt); server.Wait() })
	waitFor(t, server)
	if said := server.Stderr.(*tape).String(); !regexp.MustCompile(`the code [A-Z2-7]{5}-[A-Z2-7]{5}\n`).MatchString(said) {
		t.Errorf("the server of a new folder says\n%s", said)
	}

	link := linkIn(t, must(t, exitDone, dir, "colleague", "add", "Mette@Firm.example", "--name", "Mette", "--role", "owner").out)
	mette := browse(t)
	mette.ask("POST", link, url.Values{"password": {"fire gode ord i alt"}}, http.StatusOK)
	at, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	home := "http://" + at.Host
	if page := mette.ask("GET", home+"/settings/changes", nil, http.StatusOK); !strings.Contains(page, "command line") || !strings.Contains(page, "Mette") {
		t.Error("nobody kept who made the owner")
	}
	for _, args := range [][]string{
		{"colleague", "leave", "mette@firm.example"}, {"colleague", "role", "mette@firm.example", "reader"},
		{"colleague", "add", "mette@firm.example"}, {"colleague", "add", "nobody"}, {"colleague", "reset", "nobody@firm.example"},
	} {
		if s := must(t, exitFailed, dir, args...); !strings.Contains(s.err, "hint: ") {
			t.Errorf("%v: %s", args, s.err)
		}
	}
	secret := file(t, "password.txt", "another four words here\n")
	must(t, exitDone, dir, "colleague", "add", "jonas@firm.example", "--password-file", secret)
	browse(t).ask("POST", home+"/sign-in", url.Values{"email": {"jonas@firm.example"}, "password": {"another four words here"}}, http.StatusOK)
	if s := must(t, exitDone, dir, "colleague", "list", "--format", "csv"); !strings.Contains(s.out, "mette@firm.example,Mette,,owner") || strings.Contains(s.out, "argon2id") {
		t.Errorf("the list is\n%s", s.out)
	}

	reset := linkIn(t, must(t, exitDone, dir, "colleague", "reset", "mette@firm.example").out)
	mette.ask("GET", home+"/settings/colleagues", nil, http.StatusOK) // until it is used nothing changes
	browse(t).ask("POST", reset, url.Values{"password": {"fem helt andre ord nu"}}, http.StatusOK)
	if page := mette.ask("GET", home+"/settings/colleagues", nil, http.StatusOK); !strings.Contains(page, `action="/sign-in"`) {
		t.Error("the session of the old password goes on")
	}
	must(t, exitDone, dir, "colleague", "leave", "jonas@firm.example")
	browse(t).ask("POST", home+"/sign-in", url.Values{"email": {"jonas@firm.example"}, "password": {"another four words here"}}, http.StatusUnauthorized)
}

func linkIn(t *testing.T, said string) string {
	t.Helper()
	link := regexp.MustCompile(`http://\S+/invitations/\S+`).FindString(said)
	if link == "" {
		t.Fatalf("no link in\n%s", said)
	}
	return link
}

// A visitor has a browser's cookies and follows where it is led.
type visitor struct {
	t *testing.T
	http.Client
}

func browse(t *testing.T) *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t, http.Client{Jar: jar}}
}

func (v *visitor) ask(method, address string, form url.Values, status int) string {
	v.t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := v.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != status {
		v.t.Errorf("%s %s: %d, want %d, %v", method, address, answer.StatusCode, status, err)
	}
	return string(body)
}
