package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"behold"
	"behold/internal/text"
)

// Remarks is what customers write, and how it is read.
type Remarks interface {
	// Reader is the model by which the last round read.
	Reader(context.Context) (*text.Model, error)
	// Remark is NotFound when the row says nothing, or is another customer's.
	Remark(ctx context.Context, day behold.Day, key behold.RemarkKey) (behold.RemarkText, error)
	// RemarkAsks are the texts of the last week that colleagues are asked to read.
	RemarkAsks(context.Context) ([]behold.RemarkAsk, error)
	// RemarkSums count what the last round read, and tell by which model.
	RemarkSums(context.Context) (list []behold.RemarkSum, model string, err error)
	// Corrections are all that were ever made, the earliest first.
	Corrections(context.Context) ([]behold.Correction, error)
	// SaveCorrection is Invalid when something is missing. A form sent twice is kept once.
	SaveCorrection(context.Context, *behold.Correction) error
	TakeBackCorrection(ctx context.Context, id, who string, at time.Time) error
}

// A remarkView is one text and what is made of it.
type remarkView struct {
	behold.RemarkKey
	text    string
	reading behold.RemarkReading
	said    *behold.Correction // by a colleague; nil: nobody
	may     bool               // who asks may correct it
	back    string             // where to, after that
	form    string
}

// known says whether there is anything to say of the text.
func (v *remarkView) known() bool { return v != nil && (len(v.reading.Likely) > 0 || v.said != nil) }

// readers is what it takes to show texts with their readings.
type readers struct {
	model *text.Model
	said  map[behold.RemarkKey]*behold.Correction
	may   bool
}

// readers are nil where nothing is read.
func (s *server) readers(r *request) (*readers, error) {
	if s.Remarks == nil {
		return nil, nil
	}
	model, err := s.Remarks.Reader(r.Context())
	if err != nil {
		return nil, err
	}
	all, err := s.Remarks.Corrections(r.Context())
	if err != nil {
		return nil, err
	}
	rs := &readers{model: model, said: map[behold.RemarkKey]*behold.Correction{}, may: r.who.Role.May(behold.Member)}
	for i := range all {
		if c := &all[i]; c.Word == "" && c.Gone.IsZero() {
			rs.said[keyOf(c.RemarkKey)] = c
		}
	}
	return rs, nil
}

// keyOf makes keys of one row equal, however the customer's id is spelled.
func keyOf(k behold.RemarkKey) behold.RemarkKey {
	k.Customer = behold.CustomerKey(k.Customer)
	return k
}

// view is a text with its reading; nil where there is nothing to read.
func (rs *readers) view(key behold.RemarkKey, words, language, back string) *remarkView {
	if rs == nil || key.Row == "" || strings.TrimSpace(words) == "" {
		return nil
	}
	return &remarkView{RemarkKey: key, text: words, reading: rs.model.Look(words, language), said: rs.said[keyOf(key)], may: rs.may, back: back, form: formKey()}
}

// url is the page of one text.
func (v *remarkView) url() templ.SafeURL { return remarkURL(v.RemarkKey, "") }

func remarkURL(key behold.RemarkKey, below string) templ.SafeURL {
	q := url.Values{"row": {string(key.Table) + ":" + key.Row}}
	return templ.SafeURL(string(customerURL(key.Customer)) + "/remark" + below + "?" + q.Encode())
}

// remarkOf is the text that the address asks for.
func (s *server) remarkOf(r *request) (v *remarkView, err error) {
	customer, err := s.Facts.Customer(r.Context(), r.PathValue("id"), endOfTime)
	if err != nil {
		return nil, err
	}
	table, row, _ := strings.Cut(r.URL.Query().Get("row"), ":")
	key := behold.RemarkKey{Customer: customer.ID, Table: behold.Table(table), Row: row}
	if s.Remarks == nil {
		return nil, noRemark()
	}
	found, err := s.Remarks.Remark(r.Context(), endOfTime, key)
	if err != nil {
		return nil, err
	}
	rs, err := s.readers(r)
	if err != nil {
		return nil, err
	}
	if v = rs.view(key, strings.TrimSpace(text.Mask(found.Body)), found.Language, ""); v == nil {
		return nil, noRemark()
	}
	return v, nil
}

func noRemark() error {
	return &behold.Error{Kind: behold.NotFound, Code: "no_remark", Say: "there is no such text"}
}

// A wordsView is a text, why it reads so, and what colleagues say of its words.
type wordsView struct {
	*remarkView
	name   string
	reason behold.Reason // whose words are shown
	words  []text.Word
	denied []behold.Correction
}

func (s *server) remarkPage(w http.ResponseWriter, r *request) error {
	v, err := s.remarkOf(r)
	if err != nil {
		return err
	}
	customer, err := s.Facts.Customer(r.Context(), v.Customer, endOfTime)
	if err != nil {
		return err
	}
	model, err := s.Remarks.Reader(r.Context())
	if err != nil {
		return err
	}
	all, err := s.Remarks.Corrections(r.Context())
	if err != nil {
		return err
	}
	words := wordsView{remarkView: v, name: nameOf(customer.Name, customer.ID), reason: behold.Reason(r.URL.Query().Get("of"))}
	if len(v.reading.Likely) > 0 && (words.reason == behold.UnknownReason || !slices.Contains(behold.Reasons(), words.reason)) {
		words.reason = v.reading.Likely[0].Reason
	}
	words.words = model.Words(v.text, string(words.reason))
	for _, c := range all {
		if c.Word != "" && c.Gone.IsZero() && c.Reason == words.reason {
			words.denied = append(words.denied, c)
		}
	}
	p := s.page(r, "/customers")
	if p.names, err = s.colleagueNames(r.Context()); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, remarkContent(p.titled(p.T("remark.one")), words))
}

// deniedBy is the correction that says that a word does not mean the reason; nil:
// none does.
func (v *wordsView) deniedBy(word string) *behold.Correction {
	for i := range v.denied {
		if v.denied[i].Word == word {
			return &v.denied[i]
		}
	}
	return nil
}

// correct keeps what a colleague says of a text, or of a word in it.
func (s *server) correct(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := readForm(r); err != nil {
		return err
	}
	v, err := s.remarkOf(r)
	if err != nil {
		return err
	}
	c := behold.Correction{
		ID: cut(r.PostFormValue("form"), 64), Reason: behold.Reason(r.PostFormValue("reason")), Who: r.who.Email, Saved: s.Now(),
	}
	if word := strings.ToLower(strings.TrimSpace(r.PostFormValue("word"))); word != "" {
		c.Word = cut(word, 60)
	} else {
		c.RemarkKey, c.Text, c.Reading = v.RemarkKey, v.text, v.reading
		c.Told = r.PostFormValue("told") != ""
		c.Complaint, c.Leaving, c.Praise = r.PostFormValue("complaint") != "", r.PostFormValue("leaving") != "", r.PostFormValue("praise") != ""
		if err := s.asAsked(r.Context(), &c, r.PostFormValue("back") == textsPath); err != nil {
			return err
		}
	}
	if err := s.Remarks.SaveCorrection(r.Context(), &c); err != nil {
		return err
	}
	seeOther(w, r, s.backFrom(r, v))
	return nil
}

// asAsked adds why a text was put before colleagues, and what stood there then.
func (s *server) asAsked(ctx context.Context, c *behold.Correction, there bool) error {
	asks, err := s.Remarks.RemarkAsks(ctx)
	if err != nil {
		return err
	}
	all, err := s.Remarks.Corrections(ctx)
	if err != nil {
		return err
	}
	for i := range all {
		if keyOf(all[i].RemarkKey) == keyOf(c.RemarkKey) && all[i].Why != "" && all[i].Gone.IsZero() {
			c.Why, c.Hidden, c.Reading = all[i].Why, all[i].Hidden, all[i].Reading
			return nil
		}
	}
	for i := range asks {
		if keyOf(asks[i].RemarkKey) == keyOf(c.RemarkKey) {
			c.Why, c.Hidden, c.Reading = asks[i].Why, asks[i].Hidden && there, asks[i].Reading
		}
	}
	return nil
}

// backFrom is the page that the form came from: only pages of ours.
func (s *server) backFrom(r *request, v *remarkView) string {
	switch r.PostFormValue("back") {
	case textsPath:
		return textsPath + "#h-five"
	case "/voice":
		return "/voice#h-comments"
	case "customer":
		return string(rowURL(v.Customer, behold.Row{Table: string(v.Table), ID: v.Row}))
	}
	return string(v.url())
}

// takeBackOwn takes a correction back that was made of a text of this customer, or
// of a word on its page.
func (s *server) takeBackOwn(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := readForm(r); err != nil {
		return err
	}
	v, err := s.remarkOf(r)
	if err != nil {
		return err
	}
	all, err := s.Remarks.Corrections(r.Context())
	if err != nil {
		return err
	}
	id := r.PostFormValue("correction")
	at := slices.IndexFunc(all, func(c behold.Correction) bool {
		return c.ID == id && (c.Word != "" || keyOf(c.RemarkKey) == keyOf(v.RemarkKey))
	})
	if at < 0 {
		return &behold.Error{Kind: behold.NotFound, Code: "correction_gone", Say: "there is no such correction", Hint: "open the page again"}
	}
	if err := s.Remarks.TakeBackCorrection(r.Context(), id, r.who.Email, s.Now()); err != nil {
		return err
	}
	seeOther(w, r, s.backFrom(r, v))
	return nil
}

// readAs says what a text was read as.
func (p page) readAs(v *remarkView) string {
	if v.said != nil {
		return p.T("remark.said", "Who", p.called(v.said.Who), "What", p.saidWhat(v.said))
	}
	if reason := v.reading.Reason(); reason != behold.UnknownReason {
		return p.T("remark.reads", "Reason", p.lowReason(reason), "Chance", p.Percent(v.reading.Likely[0].Chance))
	}
	switch {
	case v.reading.Leaving >= .5:
		return p.T("remark.unsure_leaving")
	case v.reading.Complaint >= .5:
		return p.T("remark.unsure_complaint")
	case v.reading.Praise >= .5:
		return p.T("remark.unsure_praise")
	}
	return p.T("remark.unsure")
}

// saidWhat is what a colleague says that a text says.
func (p page) saidWhat(c *behold.Correction) string {
	list := []string{p.T("remark.none")}
	if c.Reason != behold.UnknownReason {
		list[0] = p.lowReason(c.Reason)
	}
	for _, flag := range []struct {
		key string
		on  bool
	}{{"remark.complaint", c.Complaint}, {"remark.leaving", c.Leaving}, {"remark.praise", c.Praise}} {
		if flag.on {
			list = append(list, p.T(flag.key))
		}
	}
	return strings.Join(list, " · ")
}

// saidReason is the reason that a colleague named; "" where nobody did.
func saidReason(c *behold.Correction) behold.Reason {
	if c == nil {
		return ""
	}
	return c.Reason
}

// signed is a weight with its sign.
func (p page) signed(x float64) string {
	if x > 0.005 {
		return "+" + p.Decimal(x, 2)
	}
	return p.Decimal(min(x, 0), 2)
}

func (p page) lowReason(r behold.Reason) string { return p.T("remark.quoted", "What", p.Reason(r)) }

// others are the likely reasons that one may choose with one press: those that
// stand there already are left out.
func (v *remarkView) others() (list []behold.Reason) {
	stands := v.reading.Reason()
	if v.said != nil {
		stands = v.said.Reason
	}
	for _, l := range v.reading.Likely {
		if l.Reason != stands {
			list = append(list, l.Reason)
		}
	}
	return list
}
