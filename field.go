package behold

import "slices"

// Fields are the columns that a file of the table may have, the required ones
// first: Columns of most tables, and for orders and customers, which have runs
// of their own, the columns of DESIGN 3.
func (t Table) Fields() []Column {
	var all []Column
	switch t {
	case TableOrders:
		all = orderFields()
	case TableCustomers:
		all = customerFields()
	case TableAnswers:
		all = append(t.Columns(), Column{Name: "recorded_at", Form: FormMoment})
		for _, item := range items { // a file may have a column for each question
			all = append(all, Column{Name: item, Form: FormText})
		}
	default:
		all = append(t.Columns(), Column{Name: "recorded_at", Form: FormMoment})
	}
	slices.SortStableFunc(all, func(a, b Column) int {
		switch {
		case a.Required == b.Required:
			return 0
		case a.Required:
			return -1
		}
		return 1
	})
	return all
}

func orderFields() []Column {
	return []Column{
		{Name: "customer", Required: true}, {Name: "ordered_at", Form: FormMoment, Required: true},
		{Name: "order"}, {Name: "amount", Form: FormMoney}, {Name: "quantity", Form: FormNumber}, {Name: "unit_price", Form: FormMoney},
		{Name: "product"}, {Name: "product_name"}, {Name: "category"}, {Name: "line"}, {Name: "cost", Form: FormMoney},
		{Name: "list_price", Form: FormMoney}, {Name: "discount", Form: FormMoney}, {Name: "offer"}, {Name: "currency"},
		{Name: "promised_on", Form: FormDay}, {Name: "delivered_on", Form: FormDay}, {Name: "credit_of"},
		{Name: "document"}, {Name: "status"}, {Name: "recorded_at", Form: FormMoment},
		{Name: "name"}, {Name: "email"}, {Name: "phone"}, {Name: "registration_no"}, {Name: "vat_no"}, {Name: "country"},
		{Name: "region"}, {Name: "segment"}, {Name: "colleague"},
	}
}

func customerFields() []Column {
	return []Column{
		{Name: "customer", Required: true}, {Name: "name"}, {Name: "email"}, {Name: "phone"}, {Name: "kind", Form: FormWord, Words: []string{"company", "person"}},
		{Name: "registration_no"}, {Name: "vat_no"}, {Name: "country"}, {Name: "region"}, {Name: "language"}, {Name: "segment"},
		{Name: "colleague"}, {Name: "customer_since", Form: FormDay}, {Name: "acquired_by"}, {Name: "acquired_offer"},
		{Name: "acquisition_cost", Form: FormMoney}, {Name: "currency"}, {Name: "price_list"}, {Name: "captive", Form: FormFlag}, {Name: "vip", Form: FormFlag},
		{Name: "survey_opt_out", Form: FormFlag}, {Name: "marketing_opt_out", Form: FormFlag},
		{Name: "closed_on", Form: FormDay}, {Name: "closed_reason"}, {Name: "tags"},
	}
}
