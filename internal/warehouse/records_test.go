package warehouse

import (
	"database/sql"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"behold"
)

// rowsOfText makes records of rows written as "column=value column=value"; _ is
// a blank. A recorded= counts for its row.
func rowsOfText(t behold.Table, rows ...string) *behold.Records {
	r := &behold.Records{Table: t, Columns: make([]behold.Cells, len(t.Columns()))}
	for i, text := range rows {
		said := map[string]string{}
		for word := range strings.FieldsSeq(text) {
			name, value, _ := strings.Cut(word, "=")
			said[name] = strings.ReplaceAll(value, "_", " ")
		}
		r.Row = append(r.Row, int64(i+2))
		for k, c := range t.Columns() {
			addCell(&r.Columns[k], c.Form, said[c.Name])
		}
		if v := said["recorded"]; v != "" && r.RecordedAt == nil {
			r.RecordedAt = slices.Repeat([]int64{behold.NoWhole}, len(rows))
		}
		if v := said["recorded"]; v != "" {
			r.RecordedAt[i] = micros(v)
		}
		r.Attributes = append(r.Attributes, said["attributes"])
	}
	return r
}

func addCell(c *behold.Cells, f behold.Form, value string) {
	number := func() int64 {
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			panic(err)
		}
		return n
	}
	switch {
	case f == behold.FormText || f == behold.FormWord:
		c.Text = append(c.Text, value)
	case f == behold.FormNumber && value == "":
		c.Number = append(c.Number, math.NaN())
	case f == behold.FormNumber:
		x, err := strconv.ParseFloat(value, 64)
		if err != nil {
			panic(err)
		}
		c.Number = append(c.Number, x)
	case value == "":
		c.Whole = append(c.Whole, behold.NoWhole)
	case f == behold.FormMoment:
		day, hour, _ := strings.Cut(value, "T")
		h, _ := strconv.Atoi(hour)
		c.Whole = append(c.Whole, micros(day)+int64(h)*3600e6)
	case f == behold.FormDay || f == behold.FormMonth:
		c.Whole = append(c.Whole, micros(value)/86400e6)
	default:
		c.Whole = append(c.Whole, number())
	}
}

// loadRecords imports the rows, each in a run of its own.
func loadRecords(t testing.TB, w *Warehouse, r behold.Receipt, rows ...string) *behold.Receipt {
	t.Helper()
	i, err := w.Begin(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := i.Records(t.Context(), rowsOfText(r.Table, row)); err != nil {
			t.Fatal(err)
		}
	}
	r.Read = int64(len(rows))
	if err := i.Commit(t.Context(), &r); err != nil {
		t.Fatal(err)
	}
	return &r
}

func recordsReceipt(t behold.Table, file string) behold.Receipt {
	r := receiptOf(file)
	r.Table = t
	return r
}

// dumpRecords is every row of the table with its customer's id, without the
// numbers of imports.
func dumpRecords(t testing.TB, w *Warehouse, table behold.Table) []string {
	t.Helper()
	columns := []string{"recorded_at", "attributes", "superseded_on", "superseded_by is null"}
	for _, c := range table.Columns() {
		name := `"` + c.Name + `"`
		if c.Name == "customer" {
			name = "(select id from customer c where c.number = t.customer)"
		}
		columns = append(columns, name)
	}
	rows, err := w.db.Query("select concat_ws('|', " + strings.Join(columns, ", ") + ") from " + string(table) + " t order by 1")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, string(table)+": "+s)
	}
	return out
}

// inventedRow has a value in every column of the table, others for another n.
func inventedRow(table behold.Table, n int) string {
	var words []string
	for _, c := range table.Columns() {
		value := fmt.Sprint(n)
		switch {
		case c.Name == "customer":
			value = fmt.Sprintf("K-%d", n)
		case c.Form == behold.FormMoment:
			value = fmt.Sprintf("2025-01-%02dT%d", n, n)
		case c.Form == behold.FormDay || c.Form == behold.FormMonth:
			value = fmt.Sprintf("2025-01-%02d", n)
		case c.Form == behold.FormWord:
			value = c.Words[n%len(c.Words)]
		case c.Form == behold.FormFlag:
			value = fmt.Sprint(n % 2)
		}
		words = append(words, c.Name+"="+value)
	}
	return strings.Join(words, " ")
}

// changedRow is the row with another value in its last column that is no key.
func changedRow(table behold.Table, row string) string {
	for _, c := range slices.Backward(table.Columns()) {
		if c.Key || c.Form == behold.FormWord || c.Form == behold.FormFlag || c.Name == "customer" {
			continue
		}
		words := strings.Fields(row)
		for i, word := range words {
			if name, _, _ := strings.Cut(word, "="); name == c.Name {
				words[i] = c.Name + "=77"
				if c.Form == behold.FormDay || c.Form == behold.FormMoment {
					words[i] = c.Name + "=2025-02-01"
				}
				return strings.Join(words, " ")
			}
		}
	}
	panic("nothing to change in " + string(table))
}

// TestEveryTableIsKept: what was there before is known, a changed row
// supersedes, a dry run leaves nothing; of every table.
func TestEveryTableIsKept(t *testing.T) {
	for _, table := range recordTables() {
		w := open(t)
		one, two, three := inventedRow(table, 1), inventedRow(table, 2), inventedRow(table, 3)
		r := loadRecords(t, w, recordsReceipt(table, "a.csv"), one, two)
		if r.Kept != 2 || r.Known != 0 || r.Changed != 0 {
			t.Errorf("%s: first %s", table, counted(r))
		}
		before := dumpRecords(t, w, table)
		if len(before) != 2 || strings.Count(before[0], "|") != strings.Count(one, "=") {
			t.Errorf("%s: kept %q", table, before)
		}
		r = loadRecords(t, w, recordsReceipt(table, "a.csv"), one, two)
		if r.Kept != 0 || r.Known != 2 || r.Changed != 0 {
			t.Errorf("%s: again %s", table, counted(r))
		}
		if diff := cmp.Diff(before, dumpRecords(t, w, table)); diff != "" {
			t.Errorf("%s: the second import changed the rows:\n%s", table, diff)
		}
		other := changedRow(table, two)
		dry, err := w.Begin(t.Context(), recordsReceipt(table, "b.csv"))
		if err != nil {
			t.Fatal(err)
		}
		if err := dry.Records(t.Context(), rowsOfText(table, one, other, three)); err != nil {
			t.Fatal(err)
		}
		tried := recordsReceipt(table, "b.csv")
		if err := dry.Rollback(&tried); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, dumpRecords(t, w, table)); diff != "" {
			t.Errorf("%s: the dry run left something:\n%s", table, diff)
		}
		r = loadRecords(t, w, recordsReceipt(table, "b.csv"), one, other, three)
		if r.Kept != 1 || r.Known != 1 || r.Changed != 1 || counted(r) != counted(&tried) {
			t.Errorf("%s: changed %s, the dry run said %s", table, counted(r), counted(&tried))
		}
		if after := dumpRecords(t, w, table); len(after) != 4 {
			t.Errorf("%s: %q", table, after)
		}
		elsewhere := recordsReceipt(table, "c.csv")
		elsewhere.Source = "elsewhere"
		if r := loadRecords(t, w, elsewhere, one); r.Kept != 1 {
			t.Errorf("%s: another source's rows are its own: %s", table, counted(r))
		}
	}
}

// The last row of a key in the file counts, the others are known: read again,
// the file changes nothing.
func TestRowsOfOneKey(t *testing.T) {
	w := open(t)
	open, closed := "ticket=T1 customer=K-1 opened_at=2025-01-01T9", "ticket=T1 customer=K-1 opened_at=2025-01-01T9 closed_at=2025-01-03T9"
	for _, want := range []string{"kept 1 known 1 changed 0 customers 1 2025-01-01 to 2025-01-01", "kept 0 known 2 changed 0 customers 1 2025-01-01 to 2025-01-01"} {
		if got := counted(loadRecords(t, w, recordsReceipt(behold.TableTickets, "a.csv"), open, closed)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if rows := dumpRecords(t, w, behold.TableTickets); len(rows) != 1 || !strings.Contains(rows[0], "2025-01-03") {
		t.Errorf("%q", rows)
	}
}

// The migration and the nouns name the same columns, with types that fit.
func TestTablesHaveTheirColumns(t *testing.T) {
	w := open(t)
	types := map[form]string{asInt: "INTEGER", asBig: "BIGINT", asReal: "DOUBLE", asText: "VARCHAR", asFlag: "BOOLEAN", asMoment: "TIMESTAMP", asDay: "DATE"}
	for _, table := range recordTables() {
		var want []string
		for _, c := range newRecordBatch(table).columns {
			want = append(want, c.name+" "+types[c.form])
		}
		want = append(want, "superseded_by BIGINT", "superseded_on DATE")
		rows, err := w.db.Query("select column_name || ' ' || data_type from information_schema.columns where table_name = $1 order by ordinal_position", string(table))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				t.Fatal(err)
			}
			got = append(got, s)
		}
		rows.Close()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-nouns +migration):\n%s", table, diff)
		}
	}
}

// Efforts have no id: the n-th row of a month, aim and what is one of its own.
// The same file changes nothing, a corrected one changes the row it corrects, an
// undo takes them back, and a row without a what is counted like one with it.
func TestRowsThatMayRepeat(t *testing.T) {
	w := open(t)
	fair := func(amount int) string { return fmt.Sprintf("month=2025-03-01 aim=new what=fairs amount=%d", amount) }
	first := []string{fair(100), fair(200), fair(100), "month=2025-03-01 aim=new amount=5", "month=2025-03-01 aim=new amount=5", "month=2025-04-01 aim=new what=fairs amount=9"}
	const days = " customers 0 2025-03-01 to 2025-04-01"
	load := func(rows []string, want string) *behold.Receipt {
		t.Helper()
		r := loadRecords(t, w, recordsReceipt(behold.TableEfforts, "a.csv"), rows...)
		if got := counted(r); got != want+days {
			t.Errorf("%s, want %s", got, want+days)
		}
		return r
	}
	load(first, "kept 6 known 0 changed 0")
	before := dumpRecords(t, w, behold.TableEfforts)
	load(first, "kept 0 known 6 changed 0")
	if diff := cmp.Diff(before, dumpRecords(t, w, behold.TableEfforts)); diff != "" {
		t.Errorf("the same file changed the rows:\n%s", diff)
	}
	second := slices.Clone(first)
	second[1] = fair(250)
	r := load(append(second, fair(300)), "kept 1 known 5 changed 1")
	if rows := dumpRecords(t, w, behold.TableEfforts); len(rows) != 8 {
		t.Errorf("%q", rows)
	}
	if err := w.Undo(t.Context(), r.Import, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, dumpRecords(t, w, behold.TableEfforts)); diff != "" {
		t.Errorf("the undo left something:\n%s", diff)
	}
}

// A warehouse from before rows could repeat keeps its efforts as the first of
// their keys.
func TestEffortsOfAnEarlierSchema(t *testing.T) {
	path := filepath.Join(t.TempDir(), "facts.duckdb")
	db, err := sql.Open("duckdb", dsn(path, Options{}))
	if err != nil {
		t.Fatal(err)
	}
	w := &Warehouse{db: db}
	for i, file := range []string{"migration/0001_facts.sql", "migration/0002_records.sql", "migration/0003_grounds.sql"} {
		if err := w.step(t.Context(), file, i+1); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Exec("insert into efforts (month, aim, amount, import_id, file_row) values ('2025-03-01', 'new', 100, 1, 2)"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if w, err = Open(t.Context(), path, Options{}); err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	var nth, amount int64
	if err := w.db.QueryRow("select nth, amount from efforts").Scan(&nth, &amount); err != nil || nth != 1 || amount != 100 {
		t.Errorf("row %d with %d, %v", nth, amount, err)
	}
}
