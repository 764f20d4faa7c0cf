package intake

import (
	"bufio"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"sync/atomic"

	"behold"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// A source gives the text of a file: unpacked, UTF-16 turned into UTF-8, its
// byte order mark gone, CR line ends turned into LF, a workbook as CSV.
type source struct {
	text   io.Reader
	shown  string
	kind   string   // csv, xlsx or jsonl
	opt    Options  // what the user takes it for
	names  []string // of the columns, of JSON lines
	gzip   bool
	utf16  bool
	size   int64
	sheet  string
	sheets []string

	file  *os.File
	sum   hash.Hash    // nil: not to be taken
	read  atomic.Int64 // bytes of the file, as they came
	limit limits
	close []func()
}

// limits are where a file stops being an honest one.
type limits struct {
	inflated int64 // bytes that a packed file may give before its ratio counts
	ratio    int64 // packed bytes to unpacked ones
	workbook int64 // bytes of a workbook, unpacked
}

func usualLimits() limits { return limits{inflated: 256 << 20, ratio: 400, workbook: 2 << 30} }

// openSource opens a file and finds out what it is.
func openSource(path, shown string, limit limits, opt Options) (*source, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, &behold.Error{Kind: behold.NotFound, Say: "cannot open " + shown, Hint: "check the path and whether you may read it", Err: err}
	}
	s := &source{shown: shown, kind: "csv", opt: opt, file: file, sum: sha256.New(), limit: limit}
	s.close = append(s.close, func() { file.Close() })
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = errors.New("it is a folder")
	}
	if err != nil {
		s.Close()
		return nil, &behold.Error{Kind: behold.Invalid, Say: "cannot read " + shown, Hint: "give a file", Err: err}
	}
	s.size = info.Size()
	if err := s.recognise(); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *source) Close() {
	for i := len(s.close) - 1; i >= 0; i-- {
		s.close[i]()
	}
	s.close = nil
}

// recognise looks at the first bytes and stacks the readers that are needed.
func (s *source) recognise() error {
	raw := bufio.NewReaderSize(s.tap(s.file), 1<<18)
	magic, _ := raw.Peek(8)
	if len(magic) == 0 {
		return s.unusable("empty", "the file is empty", "export it again; nothing was imported")
	}
	if bytes.HasPrefix(magic, []byte("PK\x03\x04")) {
		return s.openWorkbook()
	}
	text := raw
	if bytes.HasPrefix(magic, []byte{0x1f, 0x8b}) {
		zip, err := gzip.NewReader(raw)
		if err != nil {
			return s.torn(err)
		}
		s.gzip = true
		text = bufio.NewReaderSize(&gauge{s: s, from: zip}, 1<<18)
	}
	return s.decode(text)
}

// decode settles the encoding and refuses what is no text.
func (s *source) decode(text *bufio.Reader) error {
	head, err := text.Peek(1 << 16)
	if err != nil && err != io.EOF {
		return s.torn(err)
	}
	if len(head) == 0 {
		return s.unusable("empty", "the file is empty", "export it again; nothing was imported")
	}
	switch order := utf16Order(head); {
	case order != nil:
		s.utf16 = true
		text = bufio.NewReaderSize(transform.NewReader(text, order.NewDecoder()), 1<<18)
		if head, err = text.Peek(1 << 15); err != nil && err != io.EOF {
			return s.torn(err)
		}
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = text.Discard(3) // peeked above, so it is there
		head = head[3:]
	}
	switch first := bytes.TrimLeft(head, " \t\r\n"); {
	case bytes.HasPrefix(first, []byte("{")):
		s.kind = "jsonl"
	case bytes.HasPrefix(first, []byte("[")) && bytes.HasPrefix(bytes.TrimLeft(first[1:], " \t\r\n"), []byte("{")):
		return s.unusable("json_list", "this is one long list in JSON", "write one object on each line (jq -c '.[]' does it); nothing was imported")
	}
	if what := foreign(head); what != "" {
		return s.unusable("foreign", "this is "+what+", not a table", "export the rows as CSV or XLSX; nothing was imported")
	}
	s.text = text
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		s.text = oldLineEnds{text}
	}
	return nil
}

// utf16Order recognises UTF-16 by its mark or, without one, by the zeros that
// plain letters have in it.
func utf16Order(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	zeros := [2]int{}
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	most := len(head) * 2 / 5
	switch {
	case zeros[1] > most && zeros[0] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros[0] > most && zeros[1] == 0:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// foreign says what a head is that is no text, or "".
func foreign(head []byte) string {
	for magic, what := range map[string]string{
		"%PDF": "a PDF", "\x89PNG": "a picture", "\xff\xd8\xff": "a picture", "GIF8": "a picture", "PAR1": "a Parquet file",
		"SQLite format 3": "a database", "\xd0\xcf\x11\xe0": "an old .xls or a protected workbook", "\x7fELF": "a program",
		"BZh": "packed with bzip2", "\x28\xb5\x2f\xfd": "packed with zstd", "7z\xbc\xaf": "packed with 7-Zip", "Rar!": "packed with RAR",
	} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return what
		}
	}
	odd := 0
	for _, c := range head {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' {
			odd++
		}
	}
	if odd*20 > len(head) {
		return "a binary file"
	}
	return ""
}

// finish reads the file to its end and gives the hash of its bytes, if it was to
// be taken.
func (s *source) finish() (string, error) {
	if _, err := io.Copy(io.Discard, s.tap(s.file)); err != nil {
		return "", s.torn(err)
	}
	if s.sum == nil {
		return "", nil
	}
	return hex.EncodeToString(s.sum.Sum(nil)), nil
}

// tap counts and hashes what is read of the file itself.
func (s *source) tap(r io.Reader) io.Reader { return &tapped{s, r} }

type tapped struct {
	s    *source
	from io.Reader
}

func (t *tapped) Read(p []byte) (int, error) {
	n, err := t.from.Read(p)
	if t.s.sum != nil {
		t.s.sum.Write(p[:n])
	}
	t.s.read.Add(int64(n))
	return n, err
}

// A gauge stops a packed file that swells out of all proportion.
type gauge struct {
	s    *source
	from io.Reader
	out  int64
}

var errBomb = errors.New("it unpacks to hundreds of times its size")

func (g *gauge) Read(p []byte) (int, error) {
	n, err := g.from.Read(p)
	g.out += int64(n)
	if g.out > g.s.limit.inflated && g.out > g.s.limit.ratio*g.s.read.Load() {
		return n, errBomb
	}
	return n, err
}

// oldLineEnds turns the CR of old Macintosh files into LF.
type oldLineEnds struct{ from io.Reader }

func (o oldLineEnds) Read(p []byte) (int, error) {
	n, err := o.from.Read(p)
	for i, c := range p[:n] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

func (s *source) unusable(code, say, hint string) error {
	return &behold.Error{Kind: behold.Invalid, Code: code, Say: s.shown + ": " + say, Hint: hint}
}

// torn explains why a file could not be read to its end.
func (s *source) torn(err error) error {
	var corrupt flate.CorruptInputError
	code, say, hint := "torn", "cannot read the file to its end; nothing was imported", "try again; if it fails again, copy or export the file anew"
	switch {
	case errors.As(err, new(*behold.Error)):
		return err
	case errors.Is(err, errBomb):
		code, say, hint = "swells", "the file unpacks to hundreds of times its size; nothing was imported", "unpack it yourself and import what is inside, if you trust it"
	case errors.Is(err, errQuotes):
		code, say, hint = "quotes", "the quotes of the file do not match, over and over; nothing was imported", "export it again with texts in double quotes, or without quotes"
	case errors.Is(err, io.ErrUnexpectedEOF):
		code, say, hint = "cut_short", "the file ends in the middle of its packed data; nothing was imported", "copy or download it again: it is "+fmt.Sprint(s.size)+" bytes here"
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.As(err, &corrupt):
		code, say, hint = "damaged", "the packed data is damaged; nothing was imported", "copy or download it again, or unpack it and import what is inside"
	}
	return &behold.Error{Kind: behold.Invalid, Code: code, Say: s.shown + ": " + say, Hint: hint, Err: err}
}
