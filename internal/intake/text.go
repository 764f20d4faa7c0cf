package intake

import (
	"io"
	"path/filepath"
	"strings"
)

// A Text is the rows of a file for those who read them in their own way:
// unpacked, UTF-16 turned into UTF-8, without a byte order mark, a workbook as
// CSV with commas. Windows-1252 stays as it is.
type Text struct {
	io.Reader
	// Workbook says that rows end with their last filled cell, because a
	// workbook does not keep the empty ones behind it.
	Workbook bool

	source *source
}

// OpenText opens a file that Read could open, whatever its columns are.
//
// Errors: *behold.Error for what is missing, empty, damaged or no table.
func OpenText(path string) (*Text, error) {
	s, err := openSource(path, filepath.Base(path), usualLimits(), Options{})
	if err != nil {
		return nil, err
	}
	return &Text{Reader: s.text, Workbook: s.kind == "xlsx", source: s}, nil
}

// Close lets go of the file.
func (t *Text) Close() { t.source.Close() }

// CustomerHeaders are the headers by which Read knows the column of customers,
// in all its languages: folded, best first.
func CustomerHeaders() []string { return strings.Fields(synonyms[fCustomer]) }
