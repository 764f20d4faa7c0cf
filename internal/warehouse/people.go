package warehouse

import (
	"encoding/json"

	"behold"
)

// A customerBatch collects what a file says about customers. Empty words are
// null: the file does not say.
type customerBatch struct {
	batch
	order               *column
	number              *column
	words               []*column
	since, closed       *column
	cost                *column
	captive, vip        *column
	noSurvey, noMarkets *column
	by                  *column
	said                int64
}

func newCustomerBatch() *customerBatch {
	b := &customerBatch{batch: batch{table: "customer_incoming"}}
	b.order, b.number = b.column("file_order", asBig), b.column("customer", asInt)
	for _, name := range []string{"name", "kind", "email", "phone", "registration_no", "vat_no", "country", "region",
		"language", "segment", "colleague", "acquired_by", "acquired_offer", "acquisition_money", "price_list",
		"closed_reason", "tags", "attributes"} {
		b.words = append(b.words, b.column(name, asText))
	}
	b.since, b.closed = b.column("since", asDay), b.column("closed_on", asDay)
	b.cost = b.column("acquisition_cost", asBig)
	b.captive, b.vip = b.column("captive", asFlag), b.column("vip", asFlag)
	b.noSurvey, b.noMarkets = b.column("survey_opt_out", asFlag), b.column("marketing_opt_out", asFlag)
	b.by = b.column("import_id", asBig)
	return b
}

func (b *customerBatch) add(c *behold.Customer, number int32, id int64) {
	b.said++
	b.order.addBig(b.said)
	b.number.addInt(number)
	for i, word := range []string{c.Name, c.Kind, c.Email, c.Phone, c.RegistrationNo, c.VATNo, c.Country, c.Region,
		c.Language, c.Segment, c.Colleague, c.AcquiredBy, c.AcquiredOffer, c.AcquisitionCost.Currency, c.PriceList,
		c.ClosedReason, jsonOf(c.Tags, len(c.Tags)), jsonOf(c.Attributes, len(c.Attributes))} {
		b.words[i].addText(word)
	}
	b.since.addDay(dayOr(c.Since))
	b.closed.addDay(dayOr(c.ClosedOn))
	if c.AcquisitionCost == (behold.Money{}) {
		b.cost.null()
	} else {
		b.cost.addBig(c.AcquisitionCost.Minor)
	}
	b.captive.addFlag(c.Captive)
	b.vip.addFlag(c.VIP)
	b.noSurvey.addFlag(c.SurveyOptOut)
	b.noMarkets.addFlag(c.MarketingOptOut)
	b.by.addBig(id)
	b.rows++
}

// dayOr takes the zero Day for unknown too: a customer made without thinking of
// days has it, and no company knows its customers since 1970-01-01.
func dayOr(d behold.Day) behold.Day {
	if d == 0 {
		return behold.NoDay
	}
	return d
}

// jsonOf is v as JSON, or "" when there is nothing in it. Strings always encode.
func jsonOf(v any, n int) string {
	if n == 0 {
		return ""
	}
	text, _ := json.Marshal(v)
	return string(text)
}
