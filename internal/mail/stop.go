package mail

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"behold"
)

// Stops makes and reads what stands at the end of the address that stops a
// letter. It names the letter and the colleague and is signed with the secret, so
// that nobody can stop another's letters; it holds for ever, as old letters do.
type Stops struct{ Secret []byte }

// Token is the end of the address for one kind of letter to one colleague.
func (s Stops) Token(kind behold.LetterKind, colleague string) string {
	whose := string(kind) + " " + behold.ColleagueKey(colleague)
	return code().EncodeToString([]byte(whose)) + "." + code().EncodeToString(s.sign(whose))
}

// Read says which letter to whom a token stops. One that we did not make is
// NotFound.
func (s Stops) Read(token string) (kind behold.LetterKind, colleague string, err error) {
	refused := &behold.Error{Kind: behold.NotFound, Say: "this address stops no letter", Hint: "open it from the letter itself, whole", Code: "letter_stop"}
	head, tail, _ := strings.Cut(token, ".")
	whose, err := code().DecodeString(head)
	if err != nil {
		return "", "", refused
	}
	signed, err := code().DecodeString(tail)
	if err != nil || !hmac.Equal(signed, s.sign(string(whose))) {
		return "", "", refused
	}
	name, colleague, _ := strings.Cut(string(whose), " ")
	if kind, err = behold.ParseLetterKind(name); err != nil {
		return "", "", refused
	}
	return kind, colleague, nil
}

func (s Stops) sign(whose string) []byte {
	h := hmac.New(sha256.New, s.Secret)
	h.Write([]byte("stop letter\x00" + whose))
	return h.Sum(nil)
}

// code is strict, so that a token can be written in one way only.
func code() *base64.Encoding { return base64.RawURLEncoding.Strict() }
