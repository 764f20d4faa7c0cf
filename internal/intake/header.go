package intake

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"behold"

	"golang.org/x/text/unicode/norm"
)

// A heading is what a header row was understood to say.
type heading struct {
	table  behold.Table
	fields []field // by column of the file
	twice  []twice
	// currency is the code that stands in the header of an amount, or "".
	currency, currencyFrom string
}

// twice is a header that lost its field to a better one.
type twice struct {
	header, kept string
	field        field
}

// fold is how headers and words are compared: lower case, accents off, and
// nothing but letters and digits.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case r == 'ø':
			b.WriteByte('o')
		case r == 'æ':
			b.WriteString("ae")
		case r == 'ß':
			b.WriteString("ss")
		case r == 'ð':
			b.WriteByte('d')
		case r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case r >= 0x80 && unicode.IsLetter(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// currencies that are looked for at the end of a header.
var currencies = []string{"DKK", "SEK", "NOK", "EUR", "GBP", "USD", "CHF", "ISK", "PLN", "CZK", "HUF", "CAD", "AUD", "NZD", "JPY", "CNY", "INR"}

// wordbook is the synonyms turned round: folded header to fields and ranks.
type wordbook map[string][]ranked

type ranked struct {
	field field
	rank  int
}

func newWordbook() wordbook {
	book := wordbook{}
	for f := fOrder; f < fields; f++ {
		for rank, word := range strings.Fields(synonyms[f]) {
			book.add(word, ranked{f, rank})
		}
	}
	for f := fields; f < allFields(); f++ {
		telling, general := recordSynonyms(string(f.column().table), f.column().Name)
		for rank, word := range telling {
			book.add(word, ranked{f, rank})
		}
		for rank, word := range general {
			book.add(word, ranked{f, generalRank + rank})
		}
	}
	return book
}

// generalRank and above are the ranks of words that many tables use.
const generalRank = 1000

// add keeps what a word may mean; one that two languages share keeps its
// better rank.
func (book wordbook) add(word string, r ranked) {
	known := book[word]
	if n := len(known); n == 0 || known[n-1].field != r.field {
		book[word] = append(known, r)
	}
}

// withoutCurrency takes a currency off the end of a header: amount_gbp,
// "Beløb (DKK)", "Total in EUR".
func withoutCurrency(header string) (rest, currency string) {
	words := strings.FieldsFunc(header, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) < 2 {
		return header, ""
	}
	last := strings.ToUpper(words[len(words)-1])
	if !slices.Contains(currencies, last) {
		return header, ""
	}
	words = words[:len(words)-1]
	if n := len(words); n > 1 && slices.Contains([]string{"in", "i"}, strings.ToLower(words[n-1])) {
		words = words[:n-1]
	}
	return strings.Join(words, " "), last
}

// candidates are the fields that a header may be, with their ranks, and the
// currency it names.
func (book wordbook) candidates(header string) ([]ranked, string) {
	if found := book[fold(header)]; found != nil {
		return found, ""
	}
	rest, currency := withoutCurrency(header)
	if found := book[fold(rest)]; found != nil {
		return found, currency
	}
	if item := asksFor(header); item != "" {
		return []ranked{{itemField(item), questionRank}}, ""
	}
	return nil, currency
}

// questionRank is that of a whole question: behind every word for its item.
const questionRank = 800

// understand gives each column of a header row its field, for one table.
// given are the user's own wishes, folded header to field.
func (book wordbook) understand(row []string, table behold.Table, given map[string]field) heading {
	h := heading{table: table, fields: make([]field, len(row))}
	if table == behold.TableOrders && isShopify(row) {
		given = withShopify(given)
	}
	holder := map[field]bid{}
	for f, b := range book.bids(row, table, given) {
		holder[f] = b
	}
	for f, b := range holder {
		h.fields[b.column] = f
	}
	h.settle(book, row, given, holder)
	return h
}

// A bid is a column that wants a field.
type bid struct {
	column, rank int
	currency     string
}

// bids gives every field to the column with the best rank for it, best ranks
// first, and no column two fields. Rank −1 is the user's own wish.
func (book wordbook) bids(row []string, table behold.Table, given map[string]field) map[field]bid {
	type wish struct {
		field field
		bid
	}
	var wishes []wish
	for i, header := range row {
		if f, ok := given[fold(header)]; ok {
			if f != attribute {
				_, currency := book.candidates(header)
				wishes = append(wishes, wish{f, bid{i, -1, currency}})
			}
			continue
		}
		found, currency := book.candidates(header)
		for _, r := range found {
			if belongs(r.field, table) && !(r.field == fCustomer && isRecord(table) && slices.Contains(ownKeys, fold(header))) {
				wishes = append(wishes, wish{r.field, bid{i, r.rank, currency}})
			}
		}
		if table == behold.TableAnswers && slices.Contains(addressHeaders, fold(header)) {
			wishes = append(wishes, wish{fCustomer, bid{i, addressRank, ""}})
		}
	}
	slices.SortStableFunc(wishes, func(a, b wish) int {
		return cmp.Or(claim(a.field, a.rank, table)-claim(b.field, b.rank, table), a.rank-b.rank, int(a.field)-int(b.field))
	})
	taken, won := map[int]bool{}, map[field]bid{}
	for _, w := range wishes {
		if _, held := won[w.field]; held || taken[w.column] {
			continue
		}
		won[w.field], taken[w.column] = w.bid, true
	}
	return won
}

// ownKeys name the customer in a table of customers and orders; elsewhere they
// name something of the row itself.
var ownKeys = []string{"id", "email", "externalid", "userid"}

// claim puts the user's wishes first, then what the table cannot do without.
func claim(f field, rank int, table behold.Table) int {
	switch {
	case rank < 0:
		return 0
	case slices.Contains(required(table), f):
		return 1
	case f == fOrder:
		return 2
	}
	return 3
}

// settle notes who lost a field and which currency the amounts are in.
func (h *heading) settle(book wordbook, row []string, given map[string]field, holder map[field]bid) {
	for i, header := range row {
		if h.fields[i] != attribute {
			continue
		}
		if _, wished := given[fold(header)]; wished {
			continue
		}
		found, _ := book.candidates(header)
		for _, r := range found {
			if b, held := holder[r.field]; held && belongs(r.field, h.table) && !r.field.ofCustomer() {
				h.twice = append(h.twice, twice{header, row[b.column], r.field})
				break
			}
		}
	}
	for _, f := range ofMoney(h.table) {
		if b, held := holder[f]; held && b.currency != "" && h.currency == "" {
			h.currency, h.currencyFrom = b.currency, row[b.column]
		}
	}
}

// isShopify says whether the header row is that of a Shopify orders export.
func isShopify(row []string) bool {
	return has(row, "lineitemquantity") && has(row, "lineitemname") && has(row, "name")
}

func withShopify(given map[string]field) map[string]field {
	all := map[string]field{"total": attribute, "subtotal": attribute, "id": attribute, "status": attribute}
	for header, f := range shopifyFields {
		all[header] = f
	}
	for header, f := range given {
		all[header] = f
	}
	return all
}

func has(row []string, folded string) bool {
	return slices.ContainsFunc(row, func(s string) bool { return fold(s) == folded })
}

// column is the place of a field in the file, or -1.
func (h *heading) column(f field) int { return slices.Index(h.fields, f) }

// missing are the required fields that no column has.
func (h *heading) missing() []field {
	var out []field
	for _, f := range required(h.table) {
		if h.column(f) < 0 && !h.made(f) {
			out = append(out, f)
		}
	}
	return out
}

// weight says how well the header fits the table: two for each column that is
// known, one where the word is a general one.
func (h *heading) weight(row []string, book wordbook) int {
	n := 0
	for i, f := range h.fields {
		switch {
		case f == attribute:
		case book.rank(row[i], f) >= generalRank:
			n++
		default:
			n += 2
		}
	}
	return n
}

// rank is the place of a header among the words of a field; -1 when it is none
// of them, but the user's wish.
func (book wordbook) rank(header string, f field) int {
	found, _ := book.candidates(header)
	for _, r := range found {
		if r.field == f {
			return r.rank
		}
	}
	return -1
}

// tells says whether a header shows the table by a word that neither orders nor
// customers have, or could have were there a customer in the row. Those two
// need no such word.
func (h *heading) tells(row []string, book wordbook) bool {
	if !isRecord(h.table) {
		return true
	}
	of := slices.ContainsFunc(row, book.namesCustomer)
	for i, f := range h.fields {
		if f < fields {
			continue
		}
		found, _ := book.candidates(row[i])
		shared := of && slices.ContainsFunc(found, func(r ranked) bool { return r.field < fields })
		if !shared && book.rank(row[i], f) < generalRank {
			return true
		}
	}
	return false
}

// namesCustomer says whether a header can be the customer of a row.
func (book wordbook) namesCustomer(header string) bool { return book.rank(header, fCustomer) >= 0 }
