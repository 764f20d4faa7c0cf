package web

import (
	"net/http"
	"slices"
	"strings"

	"behold"
)

// templateCSV is a file of a table to fill in: the header that Behold knows for
// certain and two example rows, written as spreadsheets in the reader's language
// write dates and numbers.
func (s *server) templateCSV(w http.ResponseWriter, r *request) error {
	name, ok := strings.CutSuffix(r.PathValue("table"), ".csv")
	table := behold.Table(name)
	if !ok || !slices.Contains(behold.Tables(), table) {
		return &behold.Error{Kind: behold.NotFound, Code: "no_table", Say: "there is no such table"}
	}
	p := s.page(r, "/imports")
	out := download(w, "behold-"+name+".csv")
	if p.Lang() != "en" {
		out.Comma = ';' // beside decimal commas
	}
	for _, row := range templateRows(table, p.Lang()) {
		out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// templateRows are the header and two examples.
func templateRows(table behold.Table, lang string) [][]string {
	rows := make([][]string, 3)
	for _, f := range templateFields(table) {
		rows[0] = append(rows[0], f.Name)
		for i, value := range exampleOf(table, f.Name) {
			rows[i+1] = append(rows[i+1], asWritten(f.Form, value, lang))
		}
	}
	return rows
}

// templateFields are the columns of a template: all of the table, but of orders
// and customers only those that most companies have.
func templateFields(table behold.Table) []behold.Column {
	rare := []string{
		"recorded_at", "list_price", "discount", "offer", "credit_of", "document", "status", "registration_no", "vat_no",
		"acquired_by", "acquired_offer", "acquisition_cost", "price_list", "captive", "survey_opt_out", "closed_on", "closed_reason", "tags",
	}
	if table == behold.TableOrders {
		rare = append(rare, "name", "email", "phone", "country", "region", "segment", "colleague")
	}
	if table == behold.TableAnswers {
		rare = append(rare, behold.AnswerItems()...)
	}
	return slices.DeleteFunc(table.Fields(), func(f behold.Column) bool { return slices.Contains(rare, f.Name) })
}

// asWritten writes an example as a spreadsheet in the language does.
func asWritten(form behold.Form, value, lang string) string {
	switch form {
	case behold.FormDay, behold.FormMoment:
		if len(value) >= 10 {
			return dayWritten(value[:10], lang) + value[10:]
		}
	case behold.FormMoney, behold.FormNumber:
		if lang != "en" {
			return strings.Replace(value, ".", ",", 1)
		}
	}
	return value
}

func dayWritten(day, lang string) string {
	y, m, d := day[:4], day[5:7], day[8:10]
	switch lang {
	case "da", "nl":
		return d + "-" + m + "-" + y
	case "nb":
		return d + "." + m + "." + y
	}
	return day
}

// exampleOf is what stands below a header in the two example rows.
func exampleOf(table behold.Table, column string) [2]string {
	for _, key := range []string{string(table) + "." + column, column} {
		if pair, ok := templateExamples()[key]; ok {
			return pair
		}
	}
	return [2]string{}
}

func templateExamples() map[string][2]string {
	return map[string][2]string{
		"customer": {"K-1042", "K-1043"}, "currency": {"EUR", "EUR"}, "colleague": {"mette", "jonas"}, "country": {"DK", "NL"},
		"customers.name": {"Hotel Example", "Bakery Example"}, "email": {"hotel@example.org", ""}, "phone": {"+45 12 34 56 78", ""},
		"kind": {"company", "company"}, "region": {"North", "West"}, "language": {"da", "nl"}, "segment": {"hotels", "bakeries"},
		"customer_since": {"2022-05-14", "2023-01-27"}, "vip": {"yes", "no"}, "marketing_opt_out": {"no", "yes"},

		"ordered_at": {"2025-03-14", "2025-03-27"}, "order": {"F-88121", "F-88134"}, "amount": {"1188.00", "240.50"}, "quantity": {"12", "2"},
		"unit_price": {"99.00", "120.25"}, "product": {"1204", "2310"}, "product_name": {"Filter 20x20", "Grinder"},
		"category": {"Filters", "Machines"}, "line": {"1", "1"}, "cost": {"702.00", "155.00"},
		"promised_on": {"2025-03-16", "2025-03-29"}, "delivered_on": {"2025-03-17", "2025-03-29"},

		"person": {"P-1", "P-2"}, "people.name": {"Ida Example", "Bo Example"}, "role": {"buyer", "owner"},
		"valid_from": {"2022-05-14", "2023-01-27"}, "valid_to": {"", "2025-02-28"}, "email_status": {"ok", "bounced"},

		"invoice": {"F-88121", "F-88134"}, "due_on": {"2025-04-14", "2025-04-27"}, "paid_on": {"2025-04-16", ""}, "disputed": {"no", "no"},

		"contract": {"A-17", "A-18"}, "contracts.product": {"Service", "Rent"}, "starts_on": {"2024-01-15", "2025-01-15"}, "ends_on": {"2025-12-31", "2026-01-14"},
		"notice_days": {"30", "90"}, "auto_renew": {"yes", "no"}, "price": {"495.00", "1250.00"}, "period": {"month", "quarter"},
		"intro_until": {"2024-04-15", ""}, "ended_on": {"", ""},

		"contact": {"B-1", "B-2"}, "at": {"2025-03-14 09:30", "2025-03-27 14:05"}, "direction": {"out", "in"}, "contacts.channel": {"call", "mail"},
		"contacts.person": {"P-1", "P-2"}, "replied_at": {"", "2025-03-27 16:40"},

		"ticket": {"T-1", "T-2"}, "opened_at": {"2025-03-14 09:30", "2025-03-27 14:05"}, "first_reply_at": {"2025-03-14 11:00", ""},
		"closed_at": {"2025-03-15 10:20", ""}, "reopened": {"0", "0"}, "touchpoint": {"delivery", "billing"}, "priority": {"high", ""},
		"complaint": {"yes", "no"}, "promise_hours": {"24", "24"}, "tickets.channel": {"mail", "call"},

		"promise": {"L-1", "L-2"}, "made_at": {"2025-03-14 09:30", "2025-03-27 14:05"}, "due_at": {"2025-03-18", "2025-04-01"},
		"kept_at": {"2025-03-17", ""}, "promises.kind": {"call back", "delivery"},

		"answer": {"S-1", "S-2"}, "answered_at": {"2025-03-14 09:30", "2025-03-27 14:05"}, "asked_at": {"2025-03-13 08:00", "2025-03-26 08:00"},
		"item": {"satisfaction", "repurchase"}, "value": {"4", "5"}, "scale_max": {"5", "5"}, "answers.touchpoint": {"delivery", "purchase"},

		"quote": {"T-501", "T-502"}, "won_at": {"2025-03-20", ""},

		"left_on": {"2025-03-14", "2025-03-27"}, "reason": {"competitor", "closed"}, "competitor": {"Rival Example", ""}, "said_by": {"customer", "colleague"},

		"month": {"2025-02", "2025-03"}, "aim": {"new", "existing"}, "hours": {"12.5", "40"}, "what": {"fair", "visits"},

		"colleagues.name": {"Mette Example", "Jonas Example"}, "team": {"South", "North"}, "hours_per_week": {"37", "30"},
	}
}
