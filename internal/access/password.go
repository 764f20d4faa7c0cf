package access

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"behold"
)

// How long a password is. Length is what makes guessing hard; which signs are in
// it is everybody's own affair (NIST SP 800-63B, 5.1.1.2).
const (
	Shortest = 12  // characters
	Longest  = 256 // bytes: more is no safer and costs time
)

// CheckPassword says what is wrong with a new password, if anything.
func CheckPassword(email, password string) error {
	bad := func(code, say, hint string) error {
		return &behold.Error{Kind: behold.Invalid, Say: say, Hint: hint, Code: code}
	}
	switch lower := strings.ToLower(password); {
	case utf8.RuneCountInString(password) < Shortest:
		return bad("password_short", "a password has at least 12 characters", "four or five words are easy to remember")
	case len(password) > Longest:
		return bad("password_long", "a password has at most 256 characters", "choose a shorter one")
	case guessed(lower) || email != "" && (lower == email || strings.Contains(email, lower)):
		return bad("password_easy", "this password is among the first that anybody would try", "four or five words are easy to remember")
	}
	return nil
}

// guessed says whether a password is one sign or a few over and over, a run like
// 123456789012, or one of the words people use for lack of another.
func guessed(lower string) bool {
	signs := map[rune]bool{}
	steps := map[rune]int{}
	var last rune
	n := 0
	for _, r := range lower {
		if n > 0 {
			steps[r-last]++
		}
		signs[r], last = true, r
		n++
	}
	if len(signs) < 5 || steps[1] > n*3/4 || steps[-1] > n*3/4 {
		return true
	}
	left := lower
	for _, word := range []string{"password", "passwort", "adgangskode", "kodeord", "lösenord", "passord", "wachtwoord", "welcome", "velkommen", "välkommen", "welkom", "qwerty", "asdfgh", "behold", "letmein"} {
		left = strings.ReplaceAll(left, word, "")
	}
	return len(left) != len(lower) && len(strings.Trim(left, "0123456789!?.-_ ")) == 0
}

// argon2Version is the one that the hashes name (RFC 9106).
const argon2Version = 0x13

// A hasher hashes few passwords at once: each takes much memory.
type hasher struct {
	params *argon2id.Params
	nobody string // stands for the hash of a password that nobody has
	turn   chan struct{}
}

// newHasher hashes as RFC 9106 advises second, in 64 MiB.
func newHasher(params *argon2id.Params) hasher {
	if params == nil {
		params = &argon2id.Params{Memory: 64 << 10, Iterations: 3, Parallelism: 4, SaltLength: 16, KeyLength: 32}
	}
	salt, key := make([]byte, params.SaltLength), make([]byte, params.KeyLength)
	rand.Read(salt)
	rand.Read(key)
	nobody := fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2Version, params.Memory, params.Iterations, params.Parallelism,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
	return hasher{params, nobody, make(chan struct{}, max(2, runtime.NumCPU()/2))}
}

// wait takes a turn, or gives up with the one who asks.
func (h hasher) wait(ctx context.Context) (done func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	select {
	case h.turn <- struct{}{}:
		return func() { <-h.turn }, nil
	case <-ctx.Done():
		return nil, &behold.Error{Kind: behold.Unavailable, Code: "crowd", Say: "too many sign in at once", Hint: "try again in a moment", Err: ctx.Err()}
	}
}

// holds says whether a password fits a hash. With none, it compares with that of
// nobody, so that the time it takes does not tell who is known here.
func (h hasher) holds(ctx context.Context, password, hash string) (bool, error) {
	done, err := h.wait(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	if len(password) > Longest {
		password = password[:Longest]
		hash = ""
	}
	known := hash != ""
	if !known {
		hash = h.nobody
	}
	fits, err := argon2id.ComparePasswordAndHash(password, hash)
	return fits && known, err
}

// hashNew hashes a new password, once it has been checked.
func (a *Access) hashNew(ctx context.Context, email, password string) (string, error) {
	if err := CheckPassword(email, password); err != nil {
		return "", err
	}
	done, err := a.hasher.wait(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	return argon2id.CreateHash(password, a.hasher.params)
}
