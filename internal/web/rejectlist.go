package web

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"

	"behold"
)

// A rejectList keeps rows that a dry run rejected on the disk, a line of JSON
// each, for whoever wants to see them all.
type rejectList struct {
	file *os.File
	out  *bufio.Writer
	rows int
}

// mostRejects is how many are kept: whoever must mend more mends the export.
const mostRejects = 1_000_000

func newRejectList(file *os.File) *rejectList {
	return &rejectList{file: file, out: bufio.NewWriterSize(file, 1<<16)}
}

func (l *rejectList) add(r behold.Reject) error {
	if l.rows++; l.rows > mostRejects {
		return nil
	}
	b, err := json.Marshal(r)
	if err == nil {
		_, err = l.out.Write(append(b, '\n'))
	}
	return err
}

func (l *rejectList) close() error { return errors.Join(l.out.Flush(), l.file.Close()) }

// eachReject reads a list that is complete.
func eachReject(path string, each func(behold.Reject) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	for in := json.NewDecoder(bufio.NewReader(file)); ; {
		var r behold.Reject
		if err := in.Decode(&r); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := each(r); err != nil {
			return err
		}
	}
}

// uploadRejectsCSV is the rows that an import of the file would reject.
func (s *server) uploadRejectsCSV(w http.ResponseWriter, r *request) error {
	u, err := s.uploads.get(r.PathValue("upload"))
	if err != nil {
		return err
	}
	if u.count == nil || u.counting() {
		return &behold.Error{Kind: behold.NotFound, Code: "not_counted", Say: "the file has not been counted yet", Hint: "wait until it is"}
	}
	return s.rejected(w, r, "rejects.csv", func(each func(behold.Reject) error) error { return eachReject(u.rejects(), each) })
}

// rejected writes rejected rows as CSV, with what to do about each.
func (s *server) rejected(w http.ResponseWriter, r *request, name string, all func(func(behold.Reject) error) error) error {
	p := s.page(r, "/imports")
	out := download(w, name)
	out.Write([]string{"line", "column", "value", "why", "says", "hint"})
	err := all(func(b behold.Reject) error {
		return out.Write([]string{strconv.FormatInt(b.Row, 10), harmless(b.Column), harmless(b.Value), b.Why, p.Rejected(b.Why), p.RejectedHint(b.Why)})
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}
