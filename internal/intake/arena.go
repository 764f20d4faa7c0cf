package intake

import (
	"unicode/utf8"
	"unsafe"
)

// An arena holds the texts of a batch that do not stand in the file as they
// are. Its strings are good until the next reset.
type arena struct{ block []byte }

const arenaBlock = 1 << 16

func (a *arena) reset() { a.block = a.block[:0] }

// add keeps a copy of b.
func (a *arena) add(b []byte) string {
	a.room(len(b))
	from := len(a.block)
	a.block = append(a.block, b...)
	return view(a.block[from:])
}

// room makes sure that n bytes fit without moving what is there: a full block
// is left to those who point into it.
func (a *arena) room(n int) {
	if cap(a.block)-len(a.block) < n {
		a.block = make([]byte, 0, max(n, arenaBlock))
	}
}

// view is b as a string, without copying: whoever holds b does not change it
// while the batch lives.
func view(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	return unsafe.String(&b[0], len(b))
}

// ascii says whether no byte of b is above 127.
func ascii(b []byte) bool {
	for len(b) >= 8 {
		if *(*uint64)(unsafe.Pointer(&b[0]))&0x8080808080808080 != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// appendJSON writes s as a JSON string.
func appendJSON(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < 0x20:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
