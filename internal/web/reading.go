package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"behold"
)

// readAs considers a file anew, read as the form says: table, sheet, source,
// dates, decimal mark and columns.
func (s *server) readAs(w http.ResponseWriter, r *request) error {
	u, err := s.uploads.get(r.PathValue("upload"))
	if err != nil {
		return s.elseItsWork(w, r, err)
	}
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil {
		return &behold.Error{Kind: behold.Invalid, Code: "form", Say: "the form cannot be read", Err: err}
	}
	told := u.file.Reading
	told.As = behold.Table(r.PostFormValue("as"))
	if told.As != "" && !slices.Contains(behold.Tables(), told.As) {
		return &behold.Error{Kind: behold.Invalid, Code: "no_table", Say: "there is no such table"}
	}
	told.Source = cut(strings.TrimSpace(r.PostFormValue("source")), 60)
	if told.Source == behold.InventedSource || told.Source == behold.BookSource {
		told.Source = "" // names of the house's own
	}
	told.Sheet = r.PostFormValue("sheet")
	told.Dates = oneOf(r.PostFormValue("dates"), "day", "month")
	told.Decimal = oneOf(r.PostFormValue("decimal"), ".", ",")
	told.Map = nil
	if u.look != nil && (told.As == "" || told.As == u.look.Table) && told.Sheet == u.look.Form.Sheet {
		told.Map = chosenColumns(r, u.look)
	}
	s.considerAgain(w, r, u, told)
	return nil
}

// sayCurrency keeps which money the company's files are in, where nobody has said
// it yet, and considers the file anew.
func (s *server) sayCurrency(w http.ResponseWriter, r *request) error {
	u, err := s.uploads.get(r.PathValue("upload"))
	if err != nil {
		return s.elseItsWork(w, r, err)
	}
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	if code := oneOf(r.PostFormValue("currency"), currencies()...); settings.Currency == "" && code != "" {
		settings.Currency = code
		if err := s.State.SaveSettings(r.Context(), settings, r.who.Email); err != nil {
			return err
		}
	}
	u.stop()
	again := &upload{id: u.id, file: u.file, size: u.size, since: u.since, shape: u.shape, told: u.told, again: u.again}
	s.consider(r.Context(), again)
	seeOther(w, r, "/uploads/"+u.id)
	return nil
}

func oneOf(said string, words ...string) string {
	if slices.Contains(words, said) {
		return said
	}
	return ""
}

// chosenColumns is what the form says each column is. Who gives a column a
// meaning that another one had takes it from that one.
func chosenColumns(r *request, look *behold.Receipt) map[string]string {
	chosen := map[string]string{}
	taken := map[string]bool{}
	say := func(changed bool) {
		for i, c := range look.Columns {
			said := r.PostFormValue("c" + strconv.Itoa(i))
			if said == "" {
				said = columnChoice(c)
			}
			if changed != (said != columnChoice(c)) {
				continue
			}
			field := said != behold.AsAttribute && said != behold.LeftOut
			if field && (taken[said] || !slices.ContainsFunc(look.Table.Fields(), func(f behold.Column) bool { return f.Name == said })) {
				said = behold.AsAttribute
			}
			if field {
				taken[said] = true
			}
			if old := chosen[c.Header]; old == "" || old == behold.AsAttribute {
				chosen[c.Header] = said
			}
		}
	}
	say(true)
	say(false)
	return chosen
}

// columnChoice is what a column is taken for, as the form has it.
func columnChoice(c behold.ColumnUse) string {
	switch {
	case c.Out:
		return behold.LeftOut
	case c.Field == "":
		return behold.AsAttribute
	}
	return c.Field
}

// remember keeps how a file was read, for the next one with its header.
func (s *server) remember(ctx context.Context, u *upload) error {
	if !u.told && !u.again {
		return nil
	}
	return s.Start.SaveReading(ctx, u.shape, u.file.Reading)
}
