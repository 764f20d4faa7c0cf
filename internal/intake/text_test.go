package intake

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"behold"
)

// The same rows come out of every packing.
func TestOpenText(t *testing.T) {
	const want = "x,t_x\n1,2.5\n"
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	if _, err := zip.Write([]byte("\ufeff" + want)); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	book := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "x", "B1": "t_x", "A2": 1, "B2": 2.5} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var sheet bytes.Buffer
	if err := book.Write(&sheet); err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{"a.csv": []byte(want), "a.csv.gz": packed.Bytes(), "a.xlsx": sheet.Bytes(), "mac.csv": []byte("x,t_x\r1,2.5\r")} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := OpenText(path)
		if err != nil {
			t.Fatal(name, err)
		}
		got, err := io.ReadAll(text)
		text.Close()
		if err != nil || string(got) != want || text.Workbook != (name == "a.xlsx") {
			t.Errorf("%s: %q, a workbook %v: %v", name, got, text.Workbook, err)
		}
	}
	if _, err := OpenText(filepath.Join(t.TempDir(), "none.csv")); behold.KindOf(err) != behold.NotFound {
		t.Errorf("no file: %v", err)
	}
}
