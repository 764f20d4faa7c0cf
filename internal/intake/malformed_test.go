package intake

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"behold"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const good = "order,customer,date,product,amount\nF1,K1,2024-01-13,P1,10.00\nF2,K2,2024-01-14,P2,20.00\n"

func packed(t testing.TB, text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Files that cannot be used: each gives a clear error with a hint.
func TestFilesThatAreRefused(t *testing.T) {
	varied := &strings.Builder{}
	varied.WriteString(good)
	for i := range 50_000 {
		varied.WriteString("F" + strings.Repeat(string(rune('a'+i%26)), i%13) + ",K1,2024-01-15,P" + string(rune('a'+i*7%26)) + ",30.00\n")
	}
	torn := packed(t, varied.String())
	tests := []struct{ name, content, says, hint string }{
		{"empty", "", "is empty", "export it again"},
		{"blanks", " \n\n", "is empty", "export it again"},
		{"empty gzip", packed(t, ""), "is empty", "export it again"},
		{"truncated gzip, late", torn[:len(torn)-100], "ends in the middle", "again"},
		{"truncated gzip, early", torn[:len(torn)/100], "ends in the middle", "again"},
		{"truncated gzip, header", torn[:6], "in the middle", "again"},
		{"damaged gzip", torn[:len(torn)/2] + "garbage" + torn[len(torn)/2+7:], "damaged", "again"},
		{"gzip with rubbish behind it", torn + "and more rubbish", "damaged", "again"},
		{"bomb", packed(t, good+strings.Repeat("F3,K3,2024-01-15,P3,30.00\n", 500_000)), "hundreds of times", "unpack"},
		{"binary", "\x00\x01\x02\x7f\x03\xff" + strings.Repeat("\x00\x05\xfe\x01", 500), "binary", "CSV or XLSX"},
		{"PDF", "%PDF-1.7 bla bla", "a PDF", "CSV or XLSX"},
		{"old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old .xls", "CSV or XLSX"},
		{"an archive", "PK\x03\x04not really", "cannot be read", "save it again"},
		{"wrong table", "week,arrest,age\n20,1,27\n", `no column for customer and ordered_at; the columns are "week", "arrest", "age"`, "--map"},
		{"nearly", "fakturanr;kundnenr;dato;beløb\n1;2;01-02-2024;5,00\n", `customer ("kundnenr" comes nearest)`, "--map"},
		{"prose", "It was a dark and stormy night.\nThe rain fell in torrents.\n", "there is no column", "--map"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			limit := usualLimits()
			limit.inflated, limit.ratio = 4<<20, 300
			s := &shelf{}
			_, err := Read(context.Background(), put(t, "f", c.content), Options{limit: &limit}, s)
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(behold.HintOf(err), c.hint) || behold.KindOf(err) != behold.Invalid {
				t.Errorf("error %v, hint %q, kind %v", err, behold.HintOf(err), behold.KindOf(err))
			}
		})
	}
	if _, err := Look(context.Background(), "/nowhere/x.csv", Options{}); behold.KindOf(err) != behold.NotFound {
		t.Errorf("a file that is not there: %v", err)
	}
}

// Files that are odd in form but can be read.
func TestFilesThatAreRead(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(good)
	if err != nil {
		t.Fatal(err)
	}
	bare, err := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(good)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"plain": good, "BOM": "\ufeff" + good, "gzip": packed(t, good), "two gzips": packed(t, good[:40]) + packed(t, good[40:]),
		"CRLF": strings.ReplaceAll(good, "\n", "\r\n"), "CR": strings.ReplaceAll(good, "\n", "\r"), "no last line end": strings.TrimSpace(good),
		"no last line end, quoted": strings.TrimSuffix(good, "20.00\n") + `"20.00"`, "semicolons": strings.ReplaceAll(good, ",", ";"), "tabs": strings.ReplaceAll(good, ",", "\t"), "bars": strings.ReplaceAll(good, ",", "|"),
		"UTF-16": utf16, "UTF-16 without a mark": bare, "all quoted": `"` + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(good), ",", `","`), "\n", "\"\n\"") + "\"\n",
		"preamble": "Sales list\nprinted 2024\n\n" + good, "Excel's own": "sep=,\n" + good, "blank rows": good + "\n,,,,\n\n",
		"longer cells": strings.ReplaceAll(good, "\n", ",,\n"),
	} {
		r, s := readFile(t, put(t, "f", content), Options{})
		if len(s.lines) != 2 || r.Rejected != 0 || r.Read != 2 || s.lines[1].Amount.Minor != 2000 || s.customer[1] != "K2" || s.lines[1].Order != "F2" || s.lines[1].Line != "P2" {
			t.Errorf("%s: %+v %+v", name, r, s.lines)
		}
	}
	r, _ := readFile(t, put(t, "f", "order,customer,date\n"), Options{})
	if r.Read != 0 || !cmp.Equal(noteCodes(r), []string{NoteNoAmount, NoteNoRows}) {
		t.Errorf("header only: %+v", r)
	}
}

// A row that cannot be used is rejected with its line, and the rows around it
// are read.
func TestRowsThatAreRejected(t *testing.T) {
	million := strings.Repeat("x", 1_000_000)
	quotedMillion := `"` + strings.Repeat("y\n", 500_000) + `"`
	for _, c := range []struct {
		name, rows string
		why        string
		line       int64
		after      int64 // line of K9's row
	}{
		{"million characters", "F5,K5,2024-01-15," + million + ",1\n", WhyCellTooLong, 4, 5},
		{"million characters, quoted", "F5,K5,2024-01-15," + quotedMillion + ",1\n", WhyCellTooLong, 4, 500_005},
		{"ten million characters", "F5,K5,2024-01-15," + strings.Repeat(million, 10) + ",1\n", WhyCellTooLong, 4, 5},
		{"NUL", "F5,K5,2024-01-15,P\x00,1\n", WhyNULByte, 4, 5},
		{"short", "F5,K5\n", WhyTooFewCells, 4, 5},
		{"long", "F5,K5,2024-01-15,P,1,2\n", WhyTooManyCells, 4, 5},
		{"open quote", "F5,K5,2024-01-15,\"P,1\n", WhyQuoteUnclosed, 4, 5},
		{"no customer", "F5, ,2024-01-15,P,1\n", WhyNoCustomer, 4, 5},
		{"NULL customer", "F5,NULL,2024-01-15,P,1\n", WhyNoCustomer, 4, 5},
		{"no order", ",K5,2024-01-15,P,1\n", WhyNoOrder, 4, 5},
		{"no date", "F5,K5,,P,1\n", WhyNoDate, 4, 5},
		{"dash for a date", "F5,K5,-,P,1\n", WhyNoDate, 4, 5},
		{"not a date", "F5,K5,soon,P,1\n", WhyNotADate, 4, 5},
		{"no such day", "F5,K5,2024-02-30,P,1\n", WhyDateRange, 4, 5},
		{"not a number", "F5,K5,2024-01-15,P,much\n", WhyNotANumber, 4, 5},
		{"other marks", "F5,K5,2024-01-15,P,\"1.188,00\"\n", WhyNumberMarks, 4, 5},
		{"formula", "F5,K5,2024-01-15,P,=1+1\n", WhyNotANumber, 4, 5},
		{"too large", "F5,K5,2024-01-15,P,123456789012345678\n", WhyNumberTooLarge, 4, 5},
		{"header again", "order,customer,date,product,amount\n", WhyHeaderAgain, 4, 5},
	} {
		content := good + c.rows + "F9,\"K9\",2024-01-19,\"P9\",90.00\n"
		r, s := readFile(t, put(t, "f", content), Options{})
		if len(s.lines) != 3 || s.lines[2].Order != "F9" || s.lines[2].Row != c.after {
			t.Errorf("%s: lines %d %+v, rejects %v", c.name, len(s.lines), s.lines[len(s.lines)-1], r.Rejects)
			continue
		}
		if len(s.rejects) != 1 || s.rejects[0].Why != c.why || s.rejects[0].Row != c.line || len([]rune(s.rejects[0].Value)) > 200 {
			t.Errorf("%s: %+v", c.name, s.rejects)
		}
	}
}

// A quote that nothing closes costs its own line, not the rest of the file,
// even where no other quote follows for megabytes.
func TestQuoteThatNothingCloses(t *testing.T) {
	rest := strings.Repeat("F9,K9,2024-01-19,P9,90.00\n", 200_000)
	r, s := readFile(t, put(t, "f", good+"F5,K5,2024-01-15,\"P,1\n"+rest), Options{})
	if r.Rejected != 1 || s.rejects[0].Row != 4 || s.rejects[0].Why != WhyQuoteUnclosed || len(s.lines) != 200_002 {
		t.Errorf("%+v, %d lines", s.rejects, len(s.lines))
	}
	if last := s.lines[len(s.lines)-1]; last.Row != 200_004 || last.Line != "P9#200000" {
		t.Errorf("last %+v", last)
	}
	_, err := Read(context.Background(), put(t, "f", good+strings.Repeat("F5,K5,2024-01-15,\"\"\"\"P,1\n", 300_000)), Options{}, &shelf{})
	if err == nil || !strings.Contains(err.Error(), "quotes") {
		t.Errorf("a file of open quotes: %v", err)
	}
}

// Windows-1252 is known by not being UTF-8; where a file mixes the two, each
// cell is read as what it is.
func TestEncodings(t *testing.T) {
	text := "order;customer;date;product name;beløb\nF1;K1;13-01-2024;Rødgrød €;10,00\nF2;Æble A/S;14-01-2024;Smørrebrød;1.020,00\n"
	ansi, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(text, "\n")
	old, err := charmap.Windows1252.NewEncoder().String(lines[2])
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		content, encoding string
		notes             []string
	}{
		{text, "utf-8", nil}, {ansi, "windows-1252", nil}, {lines[0] + lines[1] + old, "windows-1252", []string{NoteEncodingMixed}},
	} {
		r, s := readFile(t, put(t, "f", c.content), Options{})
		if r.Form.Encoding != c.encoding || !cmp.Equal(noteCodes(r), c.notes) || r.Rejected != 0 {
			t.Fatalf("form %+v notes %v rejects %v", r.Form, r.Notes, s.rejects)
		}
		if look, err := Look(context.Background(), put(t, "f", c.content), Options{}); err != nil || look.Form.Encoding != c.encoding {
			t.Errorf("the head is taken for %s, %v; want %s", look.Form.Encoding, err, c.encoding)
		}
		if s.lines[0].ProductName != "Rødgrød €" || s.lines[1].ProductName != "Smørrebrød" || s.customer[1] != "Æble A/S" || s.lines[1].Amount.Minor != 102_000 {
			t.Errorf("%s: %+v", c.encoding, s.lines)
		}
	}
}

// A sink that fails ends the reading with its own error, and so does a caller
// who no longer waits.
func TestReadStops(t *testing.T) {
	full := errors.New("the disk is full")
	path := put(t, "f", good+strings.Repeat("F3,K3,2024-01-15,P3,30.00\n", 500_000))
	if _, err := Read(context.Background(), path, Options{}, failing{full}); !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, path, Options{}, &shelf{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

type failing struct{ err error }

func (f failing) Lines(context.Context, *behold.Lines) error         { return f.err }
func (f failing) Customers(context.Context, []behold.Customer) error { return f.err }
func (f failing) Records(context.Context, *behold.Records) error     { return f.err }
func (f failing) Rejects(context.Context, []behold.Reject) error     { return f.err }

// Progress only grows and ends at the size; the hash is that of the file.
func TestProgress(t *testing.T) {
	path := put(t, "f", good+strings.Repeat("F3,K3,2024-01-15,P3,30.00\n", 200_000))
	last, calls := int64(0), 0
	r, err := Read(context.Background(), path, Options{Progress: func(done, total int64) {
		if done < last || done > total {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last, calls = done, calls+1
	}}, &shelf{})
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if last != info.Size() || calls < 3 || r.Size != last || len(r.SHA256) != 64 {
		t.Errorf("last %d of %d, %d calls, %+v", last, info.Size(), calls, r)
	}
}
