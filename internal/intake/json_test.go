package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"behold"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const goodJSON = `{"contact":"B1","customer":"K1","at":"2025-03-01 10:00","channel":"call","text":"said \"yes\"\nand more"}
{"contact":"B2","customer":"K2","at":"2025-03-02","replied_at":"2025-03-03","vip":true,"score":7.5}
`

// Lines of JSON are rows; what a line leaves out is empty, and what has no
// column is an attribute that stays what it was.
func TestJSONLines(t *testing.T) {
	r, s := readFile(t, put(t, "t.jsonl", goodJSON+`
{"contact":"B3","customer":"K3","at":"2025-03-04","meta":{"a":[1,2],"b":"x"},"text":null,"tags":["p","q"],"late":"\u00e6\ud83d\ude00"}
`), Options{})
	if r.Table != behold.TableContacts || r.Form.Kind != "jsonl" || r.Form.Separator != "" || r.Read != 3 || r.Rejected != 0 || len(r.Notes) != 0 {
		t.Errorf("%+v", r)
	}
	if diff := cmp.Diff([]int64{1, 2, 4}, s.row); diff != "" {
		t.Error(diff)
	}
	want := []map[string]string{
		{"contact": "B1", "customer": "K1", "at": "2025-03-01 10:00:00", "direction": "", "channel": "call", "colleague": "", "person": "", "replied_at": "", "text": "said \"yes\"\nand more"},
		{"contact": "B2", "customer": "K2", "at": "2025-03-02 00:00:00", "direction": "", "channel": "", "colleague": "", "person": "", "replied_at": "2025-03-03 00:00:00", "text": ""},
		{"contact": "B3", "customer": "K3", "at": "2025-03-04 00:00:00", "direction": "", "channel": "", "colleague": "", "person": "", "replied_at": "", "text": ""},
	}
	if diff := cmp.Diff(want, s.said); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"", `{"vip":"true","score":"7.5"}`, `{"meta":{"a":[1,2],"b":"x"},"tags":["p","q"],"late":"æ😀"}`}, s.attr); diff != "" {
		t.Error(diff)
	}
}

// Packed, with a mark before it, in UTF-16: the same rows.
func TestJSONLinesInOtherClothes(t *testing.T) {
	_, want := readFile(t, put(t, "t.jsonl", goodJSON), Options{})
	wide := "\xff\xfe"
	for _, c := range goodJSON {
		wide += string([]byte{byte(c), 0})
	}
	for name, content := range map[string]string{
		"gzip": packed(t, goodJSON), "mark": "\ufeff" + goodJSON, "UTF-16": wide, "CRLF": strings.ReplaceAll(goodJSON, "\n", "\r\n"), "no last end": strings.TrimSpace(goodJSON),
	} {
		_, got := readFile(t, put(t, "t.json", content), Options{})
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(shelf{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Lines that cannot be read are rejected with their number; the rest goes on.
func TestJSONLinesThatAreRejected(t *testing.T) {
	lines := []string{
		`{"contact":"B1","customer":"K1","at":"2025-03-01"}`,
		`{"contact":"B2","customer":"K1","at":"2025-03-01"`,
		`{"contact":"B3","customer":"K1","at":"2025-03-01"} and more`,
		`{"contact":"B4","customer":"K1","at":"2025-03-01",}`,
		`{"contact":"B5","customer":"K1","at":2025-03-01}`,
		`{"contact":"B6","customer":"K1","at":"2025-03-01","text":"\x"}`,
		`not json at all`,
		`[1,2]`,
		``,
		`{}`,
		`{"contact":"B7","customer":null,"at":"2025-03-01"}`,
		`{"contact":"B8","customer":{"id":"K1"},"at":"2025-03-01"}`,
		`{"contact":"B9","customer":"K1","at":"some day"}`,
		`{"contact":"B10","customer":"K1","at":"2025-03-01","text":"\u0000"}`,
		`{"contact":"B1","customer":"K1","at":"2025-03-01"}`,
		`{"at":"2025-03-01","customer":"K1","contact":"B1"}`,
		`{"contact":"B1","customer":"K1","at":"2025-03-02"}`,
		`{"contact":"B11","customer":"K1","at":"2025-03-01","meta":{"a":}}`,
	}
	r, s := readFile(t, put(t, "t.jsonl", strings.Join(lines, "\n")+"\n"), Options{})
	var got []string
	for _, reject := range s.rejects {
		got = append(got, fmt.Sprintf("%d %s", reject.Row, reject.Why))
	}
	want := []string{"2 not_json", "3 not_json", "4 not_json", "5 not_json", "6 not_json", "7 not_json", "8 not_json", "11 no_customer", "12 no_customer", "13 not_a_date", "17 row_twice", "18 not_json"}
	if diff := cmp.Diff(want, got); diff != "" || r.Known != 2 || len(s.said) != 2 {
		t.Errorf("known %d, %d rows: %s", r.Known, len(s.said), diff)
	}
	if s.rejects[4].Value != lines[5] {
		t.Errorf("%q, want %q", s.rejects[4].Value, lines[5])
	}
}

// What is JSON but no lines of it is refused with a way out.
func TestJSONThatIsRefused(t *testing.T) {
	many := &strings.Builder{}
	for i := range mostNames + 5 {
		fmt.Fprintf(many, "{\"customer\":\"K\",\"c%d\":1}\n", i)
	}
	for content, says := range map[string]string{
		`[{"customer":"K1"}]`:                     "one long list",
		"{\n  \"customer\": \"K1\",\n \"a\":1\n}": "no line of the file is a whole object",
		"{\"a\":1}\n":                             "no column for customer",
		many.String():                             "different names",
	} {
		_, err := Look(t.Context(), put(t, "t.json", content), Options{})
		if err == nil || !strings.Contains(err.Error(), says) || behold.HintOf(err) == "" || behold.KindOf(err) != behold.Invalid {
			t.Errorf("%.40q: %v", content, err)
		}
	}
}

// Orders and customers come as JSON lines too, and a name that comes late, far
// behind the head of the file, is a column all the same.
func TestJSONLinesOfOrdersAndCustomers(t *testing.T) {
	var b strings.Builder
	const rows = 20_000
	for i := range rows {
		fmt.Fprintf(&b, `{"order":"F%d","customer":"K%d","ordered_at":"2025-03-01T10:00:00Z","product":"P1","quantity":2,"unit_price":1.125}`+"\n", i, i%100)
	}
	b.WriteString(`{"order":"late","customer":"K1","ordered_at":"2025-03-01","amount":1188.5,"currency":"DKK"}` + "\n")
	r, s := readFile(t, put(t, "t.ndjson", b.String()), Options{})
	last := s.lines[len(s.lines)-1]
	if r.Table != behold.TableOrders || r.Read != rows+1 || s.lines[0].Amount.Minor != 225 || last.Amount.Minor != 118_850 || last.Row != rows+1 {
		t.Errorf("%+v %+v", r, last)
	}
	_, s = readFile(t, put(t, "t.jsonl", `{"customer":1001,"name":"Ann","tags":["a","b"],"vip":true,"meta":{"x":1}}`), Options{})
	want := behold.Customer{ID: "1001", Name: "Ann", Tags: []string{"a", "b"}, VIP: true, Since: behold.NoDay, ClosedOn: behold.NoDay, Attributes: map[string]string{"meta": `{"x":1}`}}
	if diff := cmp.Diff([]behold.Customer{want}, s.customers); diff != "" {
		t.Error(diff)
	}
}

// Whatever the bytes, a line is a row when it is an object in JSON and else
// rejected, and its texts are those that the standard library reads.
func FuzzJSONLines(f *testing.F) {
	f.Add(`{"contact":"B1","customer":"K1","at":"2025-03-01","text":"a\"b\\\u00e6\ud83d\ude00\n"}`)
	f.Add(`{"contact":"B1","customer":"K1","at":null,"meta":{"a":[1,{"b":"}"}]}}`)
	f.Add(`{"text":"\ud800x","n":-1.5e3,"t":true}`)
	f.Add(`{"a":1,"a":2} `)
	f.Add(`{"text":"\ud83d:ude00 \ud83d\u00e6"}`)
	f.Fuzz(func(t *testing.T, line string) {
		line = strings.ToValidUTF8(strings.ReplaceAll(line, "\n", " "), "?")
		checkLine(t, line)
		path := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(path, []byte(goodJSON+line+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s := &shelf{}
		r, err := Read(context.Background(), path, Options{As: behold.TableContacts}, s)
		if err != nil {
			t.Fatal(err)
		}
		if r.Read != int64(len(s.said)+len(s.rejects))+r.Known {
			t.Fatalf("read %d, kept %d, known %d, rejected %d", r.Read, len(s.said), r.Known, len(s.rejects))
		}
		for _, attr := range s.attr {
			if attr != "" && !json.Valid([]byte(attr)) {
				t.Fatalf("%q: attributes %s", line, attr)
			}
		}
	})
}

// What is an object on a line is settled as the standard library settles it.
func TestLinesLikeTheLibrary(t *testing.T) {
	pieces := rapid.SampledFrom([]string{`{`, `}`, `"`, `a`, `:`, `,`, `\`, `\u00`, `e6`, `\ud83d`, `\ude00`, `[`, `]`, `1`, `-`, `.`, `null`, `true`, ` `, `"b"`, `"a":`, `{"`, `":1,`, `\n`, `\"`, "æ", "e5"})
	whole := rapid.SampledFrom([]string{`{"b":"B1","meta":{"a":[1,{"b":"}"}]},"text":"a\"b\\\u00e6\ud83d\ude00\n"}`, `{"text":"\ud800x","n":-1.5e3,"t":true}`, `{"a":1,"a":2} `, ``})
	rapid.Check(t, func(r *rapid.T) {
		line := whole.Draw(r, "whole")
		for range rapid.IntRange(0, 6).Draw(r, "changes") {
			from := rapid.IntRange(0, len(line)).Draw(r, "from")
			to := min(len(line), from+rapid.IntRange(0, 3).Draw(r, "taken"))
			line = strings.ToValidUTF8(line[:from]+pieces.Draw(r, "put")+line[to:], "?")
		}
		checkLine(t, line)
		j := jsonLine{data: []byte(line)}
		for j.open(); j.more() && !j.failed; {
			j.pair()
		}
		var object map[string]json.RawMessage
		if ok := json.Unmarshal([]byte(line), &object) == nil && object != nil; ok != j.done() {
			r.Fatalf("%q: whole %v, the library says %v", line, j.done(), ok)
		}
	})
}

// checkLine compares one line with what encoding/json makes of it.
func checkLine(t *testing.T, line string) {
	var want map[string]json.RawMessage
	if json.Unmarshal([]byte(line), &want) != nil || want == nil {
		return // what the library refuses for a raw tab in a text is read here
	}
	seen := namesSeen{known: map[string]bool{}}
	seen.lines([]byte(line))
	p := plan{headers: seen.names, places: map[string]int{}}
	for i, name := range p.headers {
		p.places[name] = i
	}
	c, data := p.cells(), []byte(line)
	if c.split(data, 0); c.broken || len(c.list) != len(want) {
		t.Fatalf("%q: broken %v, %d names, want %d", line, c.broken, len(c.list), len(want))
	}
	for i, name := range p.headers {
		var text string
		if json.Unmarshal(want[name], &text) != nil || string(want[name]) == "null" {
			continue
		}
		text = strings.ReplaceAll(text, "\x00", "\ufffd")
		if got := string(data[c.list[i].from:c.list[i].to]); got != text {
			t.Fatalf("%q: %s is %q, want %q", line, name, got, text)
		}
	}
}

// Lines made to hurt: one without end, and brackets without end.
func TestHostileJSON(t *testing.T) {
	long := `{"contact":"B2","customer":"K1","at":"2025-03-01","text":"` + strings.Repeat("x", maxRow+chunkSize) + `"}`
	deep := `{"contact":"B3","customer":"K1","at":"2025-03-01","meta":` + strings.Repeat("[", 90_000) + strings.Repeat("]", 90_000-1) + `}`
	wide := `{"contact":"B4","customer":"K1","at":"2025-03-01","text":"` + strings.Repeat("y", maxCell+1) + `"}`
	first, last, _ := strings.Cut(goodJSON, "\n")
	_, s := readFile(t, put(t, "t.jsonl", strings.Join([]string{first, long, deep, wide, last}, "\n")), Options{})
	var got []string
	for _, reject := range s.rejects {
		got = append(got, fmt.Sprintf("%d %s", reject.Row, reject.Why))
	}
	if diff := cmp.Diff([]string{"2 cell_too_long", "3 not_json", "4 cell_too_long"}, got); diff != "" || len(s.said) != 2 || s.row[1] != 5 {
		t.Errorf("%d rows in %v: %s", len(s.said), s.row, diff)
	}
}
