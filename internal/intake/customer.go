package intake

import (
	"slices"
	"strings"

	"behold"

	"github.com/cespare/xxhash/v2"
)

// carriesCustomers says whether rows of orders tell something about customers
// beyond their number.
func (p *plan) carriesCustomers() bool {
	return slices.ContainsFunc(p.fields, field.ofCustomer)
}

// buyer adds the customer of an order line, once a chunk.
func (w *parser) buyer(id string) {
	if id == w.last {
		return
	}
	w.last = id
	hash := customerHash(id)
	if _, known := w.seen[hash]; known {
		return
	}
	w.seen[hash] = struct{}{}
	c := w.customer(id)
	c.Attributes = nil // those of the row are the line's
	w.b.customers, w.b.buyers = append(w.b.customers, c), append(w.b.buyers, hash)
}

func customerHash(id string) uint64 { return xxhash.Sum64String(behold.CustomerKey(id)) }

// customerRow makes the row into a customer.
func (w *parser) customerRow() {
	id := w.key(fCustomer)
	if w.p.pointOff {
		id = strings.TrimSuffix(id, ".0")
	}
	if id == "" {
		w.reject(w.p.at[fCustomer], WhyNoCustomer)
		return
	}
	if fold(id) == fold(w.p.headers[w.p.at[fCustomer]]) {
		w.reject(w.p.at[fCustomer], WhyHeaderAgain)
		return
	}
	w.b.customers = append(w.b.customers, w.customer(id))
	w.b.rows = append(w.b.rows, w.row)
	w.b.keys = append(w.b.keys, twinKeyOf(behold.CustomerKey(id), "\x00"))
	w.b.content = append(w.b.content, uint32(xxhash.Sum64(w.rowBytes())))
}

// customer reads the columns of a customer. Its texts are its own, because
// customers are kept longer than the rows they came in.
func (w *parser) customer(id string) behold.Customer {
	own := func(f field) string { return strings.Clone(w.key(f)) }
	c := behold.Customer{
		ID: strings.Clone(id), Name: own(fName), Kind: customerKind(w.text(fKind)), Email: own(fEmail), Phone: own(fPhone),
		RegistrationNo: own(fRegistrationNo), VATNo: own(fVATNo), Country: own(fCountry), Region: own(fRegion),
		Language: own(fLanguage), Segment: own(fSegment), Colleague: own(fColleague), Since: w.optionalDay(fSince),
		AcquiredBy: own(fAcquiredBy), AcquiredOffer: own(fAcquiredOffer), PriceList: own(fPriceList),
		Captive: w.yes(fCaptive), VIP: w.yes(fVIP), SurveyOptOut: w.yes(fSurveyOptOut), MarketingOptOut: w.yes(fMarketingOptOut),
		ClosedOn: w.optionalDay(fClosedOn), ClosedReason: own(fClosedReason), Tags: tags(strings.Clone(w.text(fTags))),
	}
	if w.p.at[fAcquisitionCost] >= 0 {
		m := moneys{currency: w.p.currency, digits: w.p.digits}
		if code := w.key(fCurrency); code != "" {
			w.setCurrency(&m, code)
		}
		c.AcquisitionCost = behold.Money{Minor: w.optionalMinor(fAcquisitionCost, m.digits), Currency: strings.Clone(m.currency)}
	}
	for _, i := range w.p.rest {
		if v := w.textAt(i); v != "" && w.p.headers[i] != "" && w.p.table == behold.TableCustomers {
			if c.Attributes == nil {
				c.Attributes = map[string]string{}
			}
			c.Attributes[w.p.headers[i]] = strings.Clone(v)
		}
	}
	return c
}

// customerKind understands company and person in six languages, and keeps
// quiet about anything else.
func customerKind(text string) string {
	switch fold(text) {
	case "company", "business", "b2b", "organisation", "organization", "firma", "virksomhed", "erhverv", "foretag", "bedrift", "bedrijf", "zakelijk", "unternehmen", "geschaftlich":
		return "company"
	case "person", "private", "privat", "consumer", "b2c", "individual", "privatperson", "particulier", "prive", "forbruger", "konsument":
		return "person"
	}
	return ""
}

// yes understands a yes; everything else is a no.
func (w *parser) yes(f field) bool {
	return slices.Contains(yesWords, strings.ToLower(string(w.raw(f))))
}

// tags splits at semicolons, commas or bars; in JSON they may be a list.
func tags(text string) []string {
	if out, ok := list(text); ok {
		return out
	}
	var out []string
	for _, t := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == ',' || r == '|' }) {
		if t = strings.TrimSpace(t); t != "" {
			out = append(out, t)
		}
	}
	return out
}
