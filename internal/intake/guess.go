package intake

import (
	"strconv"
	"strings"

	"behold"
)

// A guess finds out which table a file is, and where its header stands: the
// best reading is the one in which most headers are known. It has all columns
// that the table cannot do without and, unless the user has said which table it
// is, a word that shows the table.
type guess struct {
	book     wordbook
	given    map[behold.Table]map[string]field
	as       behold.Table
	lenient  bool // a reading with something missing is better than none
	best     *plan
	rivals   []*plan // that fit the same row just as well
	orders   *plan   // the same row as orders
	fallback *plan   // the best reading with something missing
}

// try takes a row for the header, of one table after the other.
func (g *guess) try(row plan) {
	for _, table := range (Options{As: g.as}).tables() {
		p := row
		p.heading = g.book.understand(row.headers, table, g.given[table])
		if g.better(&p, g.fallback) {
			g.fallback = &p
		}
		if len(p.missing()) > 0 || g.as == "" && !p.tells(p.headers, g.book) {
			continue
		}
		if g.better(&p, g.best) {
			g.best, g.rivals = &p, nil
		} else if isRecord(table) && p.sameRow(g.best) && g.weight(&p) == g.weight(g.best) {
			g.rivals = append(g.rivals, &p)
		}
		if table == behold.TableOrders && g.better(&p, g.orders) {
			g.orders = &p
		}
	}
}

// better prefers the reading that knows more headers, then has more columns;
// on a tie the earlier one stays.
func (g *guess) better(p, than *plan) bool {
	if than == nil {
		return true
	}
	if a, b := g.weight(p), g.weight(than); a != b {
		return a > b
	}
	return len(p.headers) > len(than.headers) && p.line == than.line
}

func (g *guess) weight(p *plan) int { return p.heading.weight(p.headers, g.book) }

func (p *plan) sameRow(q *plan) bool { return p.sep == q.sep && p.line == q.line }

// settle gives the reading, or says why there is none.
func (g *guess) settle(s *source, opt Options) (*plan, error) {
	if opt.As == "" && g.ordersAfterAll() {
		g.best = nil
	}
	switch {
	case !g.lenient && g.fallback != nil && lacksItem(g.fallback) && (g.best == nil || g.best.table == behold.TableCustomers && g.weight(g.fallback) > g.weight(g.best)):
		return nil, s.unusable("answers_item", "these are answers, and nothing says to which question", "say what the scores answer with --map, for example "+strconv.Quote(g.fallback.headers[g.fallback.column(answerField("value"))])+" = recommend; the questions are "+strings.Join(behold.AnswerItems(), ", "))
	case g.best == nil && g.lenient && g.fallback != nil && len(g.fallback.headers) > 1:
		return g.anyhow(opt), nil
	case g.best == nil:
		return nil, wrongTable(s, g.fallback, opt, g.book)
	case opt.As == "" && isTruth(g.best.headers):
		return nil, s.unusable("truth", "this is the truth beside the invented shop, which no company has", "import the other files of the folder; nothing was imported")
	case len(g.rivals) > 0 && g.lenient:
		g.best.note(NoteTableUnsure)
	case len(g.rivals) > 0:
		return nil, ambiguous(s, append([]*plan{g.best}, g.rivals...))
	case g.best.table == behold.TableInvoices && g.orders != nil && g.orders.sameRow(g.best) && g.orders.sells():
		g.orders.note(NoteAlsoInvoices)
		return g.orders, nil
	}
	return g.best, nil
}

// lacksItem says whether a table of answers names everything but what was asked.
func lacksItem(p *plan) bool {
	missing := p.missing()
	return p.table == behold.TableAnswers && len(missing) == 1 && missing[0] == answerField("item") && p.column(answerField("value")) >= 0
}

// ordersAfterAll says whether the file is rather one of orders whose day nobody
// recognised: it names order and money, and more of its headers are known so than
// in the table that lacks nothing. Read as that one, its money would be set aside.
func (g *guess) ordersAfterAll() bool {
	return g.best != nil && g.best.table == behold.TableCustomers && g.fallback.table == behold.TableOrders &&
		g.fallback.sameRow(g.best) && g.fallback.sells() && g.weight(g.fallback) > g.weight(g.best)
}

// anyhow is the nearest reading, taken for orders unless the user has said what
// it is, with what is missing.
func (g *guess) anyhow(opt Options) *plan {
	p := g.fallback
	if opt.As == "" {
		p.heading = g.book.understand(p.headers, behold.TableOrders, g.given[behold.TableOrders])
		p.note(NoteTableUnsure)
	}
	return p
}

// sells says whether rows of orders name order, day and money. A list of
// invoices with their payments does: it is a history of purchases first.
func (p *plan) sells() bool {
	return p.column(fOrder) >= 0 && (p.column(fAmount) >= 0 || p.column(fUnitPrice) >= 0)
}

// isTruth recognises the file that package sample writes beside the tables.
func isTruth(headers []string) bool {
	return len(headers) == 4 && has(headers, "customer") && has(headers, "lefton") && has(headers, "reason") && has(headers, "since")
}

// ambiguous asks which of the tables it is.
func ambiguous(s *source, plans []*plan) error {
	var tables []string
	for _, p := range plans {
		tables = append(tables, string(p.table))
	}
	list := strings.Join(tables, " or ")
	return s.unusable("table_unsure", "the header fits a table of "+list, "say which one it is, for example with --as "+tables[0]+"; nothing was imported")
}
