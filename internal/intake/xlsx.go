package intake

import (
	"archive/zip"
	"bufio"
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"behold"

	"github.com/xuri/excelize/v2"
)

// openWorkbook turns the first sheet that has a header into CSV with commas.
// The rows keep their numbers: an empty row becomes an empty line, and a line
// end inside a cell becomes a blank.
func (s *source) openWorkbook() error {
	if err := s.weigh(); err != nil {
		return err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return s.torn(err)
	}
	s.sum.Reset()
	s.read.Store(0)
	if _, err := io.Copy(io.Discard, s.tap(s.file)); err != nil {
		return s.torn(err)
	}
	book, err := excelize.OpenReader(io.NewSectionReader(s.file, 0, s.size), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: s.limit.workbook, UnzipXMLSizeLimit: min(64<<20, s.limit.workbook),
	})
	if err != nil {
		return s.brokenBook(err)
	}
	s.close = append(s.close, func() { book.Close() })
	s.kind = "xlsx"
	if err := s.chooseSheet(book); err != nil {
		return err
	}
	rows, err := book.Rows(s.sheet)
	if err != nil {
		return s.brokenBook(err)
	}
	r, w := io.Pipe()
	s.close = append(s.close, func() { r.Close() })
	go func() {
		defer rows.Close()
		_ = w.CloseWithError(writeRows(rows, w)) // always nil
	}()
	s.text = bufio.NewReaderSize(r, 1<<18)
	return nil
}

// weigh refuses an archive that is no workbook or unpacks to too much.
func (s *source) weigh() error {
	archive, err := zip.NewReader(s.file, s.size)
	if err != nil {
		return s.brokenBook(err)
	}
	total, book := uint64(0), false
	for _, f := range archive.File {
		total += f.UncompressedSize64
		book = book || strings.EqualFold(f.Name, "xl/workbook.xml")
	}
	if !book {
		return s.unusable("archive", "this is an archive, not a workbook", "unpack it and import the files inside; nothing was imported")
	}
	if total > uint64(s.limit.workbook) {
		return s.unusable("large_book", "the workbook unpacks to "+strconv.FormatUint(total>>20, 10)+" MB; nothing was imported", "save the sheet as CSV and import that")
	}
	return nil
}

// chooseSheet takes the first sheet whose header is one of the table that the
// user has said, or else of orders, of customers, of any other table:
// bookkeeping programs put a summary in front. Where no header is known it is
// the first sheet with a row of two cells or more.
func (s *source) chooseSheet(book *excelize.File) error {
	list := book.GetSheetList()
	s.sheets = list
	if s.opt.Sheet != "" {
		if !slices.Contains(list, s.opt.Sheet) {
			return s.unusable("no_sheet", "the workbook has no sheet "+strconv.Quote(s.opt.Sheet), "its sheets are "+quoteAll(list, 30))
		}
		s.sheet = s.opt.Sheet
		return nil
	}
	words, tables := newWordbook(), s.opt.tables()
	first := map[behold.Table]string{}
	for _, sheet := range list {
		for _, row := range headOf(book, sheet) {
			for _, table := range append(tables, "") {
				if first[table] == "" && (table == "" || words.fits(row, table, s.opt.As != "")) {
					first[table] = sheet
				}
			}
		}
	}
	for _, table := range append(tables, "") {
		s.sheet = cmp.Or(s.sheet, first[table])
	}
	if s.sheet == "" {
		return s.unusable("bare_book", "no sheet of the workbook has a header", "put the column names into the first row of the sheet; nothing was imported")
	}
	return nil
}

// headOf gives the first rows of a sheet that have two cells or more. A chart
// sheet has none.
func headOf(book *excelize.File, sheet string) (head [][]string) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return nil
	}
	defer rows.Close()
	for n := 0; n < 50 && len(head) < 20 && rows.Next(); n++ {
		if row, err := rows.Columns(); err == nil && filled(row) >= 2 {
			head = append(head, row)
		}
	}
	return head
}

// fits says whether a row names all that a table cannot do without, and shows
// the table where nobody has said it.
func (book wordbook) fits(row []string, table behold.Table, said bool) bool {
	h := book.understand(row, table, nil)
	return len(h.missing()) == 0 && (said || h.tells(row, book))
}

func filled(row []string) int {
	n := 0
	for _, c := range row {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", `"`, `""`)

// writeRows writes the rows of a sheet as CSV.
func writeRows(rows *excelize.Rows, w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	for rows.Next() {
		row, err := rows.Columns()
		if err != nil {
			return err
		}
		for i, c := range row {
			if i > 0 {
				out.WriteByte(',')
			}
			if strings.ContainsAny(c, ",\"\r\n") {
				c = `"` + oneLine.Replace(c) + `"`
			}
			out.WriteString(c)
		}
		if err := out.WriteByte('\n'); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return err
	}
	return out.Flush()
}

func (s *source) brokenBook(err error) error {
	code, say, hint := "broken_book", "the workbook cannot be read; nothing was imported", "open it in a spreadsheet program and save it again as XLSX or CSV"
	if errors.Is(err, excelize.ErrWorkbookFileFormat) || errors.Is(err, excelize.ErrWorkbookPassword) {
		code, say, hint = "locked_book", "the workbook is protected or of an old kind; nothing was imported", "save it without a password as XLSX or CSV"
	}
	return &behold.Error{Kind: behold.Invalid, Code: code, Say: s.shown + ": " + say, Hint: hint, Err: err}
}
