package access

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"behold"
	"behold/internal/store"
)

const words = "fire gode ord i alt"

func cheap() *argon2id.Params {
	return &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 8, KeyLength: 16}
}

// opened is a way in on a store of its own, and where that lies.
func opened(t *testing.T, o Options) (*Access, *store.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store.sqlite")
	book, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	if o.Hash == nil {
		o.Hash = cheap()
	}
	return New(book, o), book, path
}

func hire(t *testing.T, a *Access, email string, role behold.Role) {
	t.Helper()
	if _, err := a.Add(t.Context(), behold.Colleague{Email: email, Role: role}, words, ""); err != nil {
		t.Fatal(err)
	}
}

// What opens a door is in no file as it is: no password, no session, no link.
func TestNothingIsKeptAsItIs(t *testing.T) {
	a, book, path := opened(t, Options{})
	link, err := a.Add(t.Context(), behold.Colleague{Email: "m@n.dk", Role: behold.Owner}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.SetPassword(t.Context(), "m@n.dk", words, ""); err != nil {
		t.Fatal(err)
	}
	if link, err = a.Reset(t.Context(), "m@n.dk", ""); err != nil {
		t.Fatal(err)
	}
	pass, _, err := a.SignIn(t.Context(), Try{Email: "M@N.DK ", Password: words})
	if err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for what, secret := range map[string]string{"password": words, "token": pass.Token, "link": link.Token} {
			if bytes.Contains(b, []byte(secret)) {
				t.Errorf("the %s stands in %s", what, filepath.Base(file))
			}
		}
	}
}

// The hash that is used in earnest is argon2id with 64 MiB and three passes.
func TestHashInEarnest(t *testing.T) {
	h := newHasher(nil)
	for what, hash := range map[string]string{"nobody's": h.nobody} {
		p, _, _, err := argon2id.DecodeHash(hash)
		if err != nil || p.Memory != 64<<10 || p.Iterations != 3 || p.SaltLength != 16 || p.KeyLength != 32 {
			t.Errorf("%s hash: %+v, %v", what, p, err)
		}
	}
}

// Who is not known here is found out by no clock: a hash is compared either way.
func TestUnknownTakesAsLong(t *testing.T) {
	a, _, _ := opened(t, Options{Hash: &argon2id.Params{Memory: 16 << 10, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}})
	hire(t, a, "known@n.dk", behold.Owner)
	fastest := map[string]time.Duration{}
	for i := range 9 { // by turns, for whatever else the machine does
		for _, email := range []string{"known@n.dk", "unknown@n.dk"} {
			began := time.Now()
			_, _, err := a.SignIn(t.Context(), Try{Email: email, Password: "not their password", Address: fmt.Sprintf("192.0.2.%d", i)})
			if took := time.Since(began); fastest[email] == 0 || took < fastest[email] {
				fastest[email] = took
			}
			if behold.KindOf(err) != behold.Forbidden {
				t.Fatal(err)
			}
		}
	}
	if known, unknown := fastest["known@n.dk"], fastest["unknown@n.dk"]; unknown < known/4 || known < unknown/4 {
		t.Errorf("known %v, unknown %v", known, unknown)
	}
}

func TestCheckPassword(t *testing.T) {
	for password, want := range map[string]string{
		"short":                     "password_short",
		"elleve tegn":               "password_short",
		"tolv tegn nu":              "",
		"æøåæøåæøå äöü":             "",
		"aaaaaaaaaaaaaaaa":          "password_easy",
		"121212121212":              "password_easy",
		"1234567890123":             "password_easy",
		"abcdefghijklmnop":          "password_easy",
		"PasswordPassword1!":        "password_easy",
		"velkommen2026":             "password_easy",
		"mette@nordkaffe.dk":        "password_easy",
		"velkommen til min kaffe":   "",
		strings.Repeat("lang ", 60): "password_long",
	} {
		var e *behold.Error
		err := CheckPassword("mette@nordkaffe.dk", password)
		if got := errors.As(err, &e); got != (want != "") || got && e.Code != want {
			t.Errorf("%q: %v, want %q", password, err, want)
		}
	}
}

func TestEmails(t *testing.T) {
	a, _, _ := opened(t, Options{})
	for email, fine := range map[string]bool{
		"mette@firm.dk": true, " Mette@Firm.DK ": true, "mette": false, "@firm.dk": false, "mette@": false, "a@b@c": false,
		"a b@firm.dk": false, "<a@firm.dk>": false, "a@firm.dk\nBcc: x@y": false, strings.Repeat("a", 300) + "@firm.dk": false, "": false,
	} {
		_, err := proper(behold.Colleague{Email: email, Role: behold.Member})
		if (err == nil) != fine {
			t.Errorf("%q: %v", email, err)
		}
	}
	if _, err := a.Add(t.Context(), behold.Colleague{Email: "a@b.dk", Role: "boss"}, "", ""); behold.KindOf(err) != behold.Invalid {
		t.Errorf("no role: %v", err)
	}
}

// Of those who guess, a bounded number is remembered.
func TestPatienceIsBounded(t *testing.T) {
	p := newPatience()
	at := time.Now()
	for i := range 3 * remembered {
		p.ask(at.Add(time.Duration(i)*time.Millisecond), fmt.Sprintf("2001:db8:%x:%x::1", i/60000, i%60000), fmt.Sprintf("%d@n.dk", i))
	}
	for what, c := range map[string]counters{"e-mails": p.accounts, "addresses": p.places} {
		if n := len(c.young) + len(c.old); n > remembered || n < remembered/2 {
			t.Errorf("%d %s are remembered", n, what)
		}
	}
	if place("2001:db8:1:2:3::4") != place("2001:db8:1:2::9") || place("::ffff:192.0.2.1") != "192.0.2.1" || place("192.0.2.1") == place("192.0.2.2") {
		t.Error("addresses are told apart wrongly")
	}
}

// A try that was right costs nothing, and one that must wait does not make the
// wait longer.
func TestPatienceGivesBack(t *testing.T) {
	p := newPatience()
	at := time.Now()
	for range 5 * perAccount {
		giveBack, wait := p.ask(at, "a", "m@n.dk")
		if wait > 0 {
			t.Fatal("who is right has to wait")
		}
		giveBack()
	}
	for range perAccount {
		if _, wait := p.ask(at, "a", "m@n.dk"); wait > 0 {
			t.Fatal("too soon")
		}
	}
	for range 20 {
		if _, wait := p.ask(at, "a", "m@n.dk"); wait <= 0 || wait > accountEvery {
			t.Fatalf("has to wait %v", wait)
		}
	}
	if _, wait := p.ask(at.Add(accountEvery+time.Second), "a", "m@n.dk"); wait > 0 {
		t.Error("still has to wait")
	}
}

// Two who use a link at once: one of them chose the password.
func TestLinkWorksOnce(t *testing.T) {
	a, _, _ := opened(t, Options{})
	link, err := a.Add(t.Context(), behold.Colleague{Email: "m@n.dk", Role: behold.Member}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	for i := range 4 {
		go func() {
			_, _, err := a.Accept(t.Context(), link.Token, fmt.Sprintf("%s %d", words, i))
			done <- err
		}()
	}
	worked := 0
	for range 4 {
		if err := <-done; err == nil {
			worked++
		} else if behold.KindOf(err) != behold.NotFound {
			t.Error(err)
		}
	}
	if worked != 1 {
		t.Errorf("the link worked %d times", worked)
	}
}

// Two who come first at once: one of them is the owner.
func TestOneIsFirst(t *testing.T) {
	a, book, _ := opened(t, Options{})
	done := make(chan error)
	for i := range 4 {
		go func() {
			_, err := a.First(t.Context(), behold.Colleague{Email: fmt.Sprintf("%d@n.dk", i)}, words, behold.DefaultSettings())
			done <- err
		}()
	}
	worked := 0
	for range 4 {
		if err := <-done; err == nil {
			worked++
		} else if behold.KindOf(err) != behold.Conflict {
			t.Error(err)
		}
	}
	all, err := book.Colleagues(t.Context())
	if err != nil || worked != 1 || len(all) != 1 || all[0].Role != behold.Owner {
		t.Errorf("%d were first: %+v, %v", worked, all, err)
	}
}
