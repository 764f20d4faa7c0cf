package intake

import "behold"

// A field is a column of DESIGN 3 that intake understands.
type field uint8

const (
	attribute field = iota // a column without a field: kept as it is

	fOrder
	fCustomer
	fOrderedAt
	fLine
	fProduct
	fProductName
	fCategory
	fQuantity
	fUnitPrice
	fAmount
	fCost
	fListPrice
	fDiscount
	fOffer
	fCurrency
	fPromisedOn
	fDeliveredOn
	fCreditOf
	fRecordedAt
	fDocument // what kind of document it is: invoice, credit note, bad debt
	fStatus   // whether the order went through

	fName
	fKind
	fEmail
	fPhone
	fRegistrationNo
	fVATNo
	fCountry
	fRegion
	fLanguage
	fSegment
	fColleague
	fSince
	fAcquiredBy
	fAcquiredOffer
	fAcquisitionCost
	fPriceList
	fCaptive
	fVIP
	fSurveyOptOut
	fMarketingOptOut
	fClosedOn
	fClosedReason
	fTags

	fields
)

// names are the fields as DESIGN 3 writes them.
var names = [fields]string{
	fOrder: "order", fCustomer: "customer", fOrderedAt: "ordered_at", fLine: "line", fProduct: "product",
	fProductName: "product_name", fCategory: "category", fQuantity: "quantity", fUnitPrice: "unit_price",
	fAmount: "amount", fCost: "cost", fListPrice: "list_price", fDiscount: "discount", fOffer: "offer",
	fCurrency: "currency", fPromisedOn: "promised_on", fDeliveredOn: "delivered_on", fCreditOf: "credit_of",
	fRecordedAt: "recorded_at", fDocument: "document", fStatus: "status",
	fName: "name", fKind: "kind", fEmail: "email", fPhone: "phone", fRegistrationNo: "registration_no",
	fVATNo: "vat_no", fCountry: "country", fRegion: "region", fLanguage: "language", fSegment: "segment",
	fColleague: "colleague", fSince: "customer_since", fAcquiredBy: "acquired_by",
	fAcquiredOffer: "acquired_offer", fAcquisitionCost: "acquisition_cost", fPriceList: "price_list",
	fCaptive: "captive", fVIP: "vip", fSurveyOptOut: "survey_opt_out", fMarketingOptOut: "marketing_opt_out",
	fClosedOn: "closed_on", fClosedReason: "closed_reason", fTags: "tags",
}

func (f field) String() string {
	if f >= fields {
		return f.column().Name
	}
	return names[f]
}

// fieldNamed finds a field of the table by the name DESIGN 3 gives it.
func fieldNamed(name string, table behold.Table) (field, bool) {
	for f := fOrder; f < allFields(); f++ {
		if f.isOf(table) && fold(f.String()) == fold(name) {
			return f, true
		}
	}
	return attribute, false
}

// isDate, isNumber and ofCustomer sort the fields by what their cells hold.
func (f field) isDate() bool {
	if f >= fields {
		form := f.column().Form
		return form == behold.FormMoment || form == behold.FormDay || form == behold.FormMonth
	}
	switch f {
	case fOrderedAt, fRecordedAt, fPromisedOn, fDeliveredOn, fSince, fClosedOn:
		return true
	}
	return false
}

func (f field) isNumber() bool {
	if f >= fields {
		form := f.column().Form
		return form == behold.FormMoney || form == behold.FormNumber || form == behold.FormCount
	}
	switch f {
	case fQuantity, fUnitPrice, fAmount, fCost, fListPrice, fDiscount, fAcquisitionCost:
		return true
	}
	return false
}

func (f field) ofCustomer() bool { return f >= fName && f < fields }

// required are the fields without which a file is not of the table. The order
// is not among them: it can be made from customer and day.
func required(table behold.Table) []field {
	switch table {
	case behold.TableCustomers:
		return []field{fCustomer}
	case behold.TableOrders:
		return []field{fCustomer, fOrderedAt}
	}
	var out []field
	for i, c := range table.Columns() {
		if c.Required {
			out = append(out, recordField(table, i))
		}
	}
	return out
}

// belongs says whether a column of the table can have the field. An orders
// file may carry columns of the customer, but only those whose headers cannot
// mean something about the order instead.
func belongs(f field, table behold.Table) bool {
	if isRecord(table) || f >= fields {
		return isRecord(table) && f.isOf(table)
	}
	if table == behold.TableCustomers {
		return f == fCustomer || f.ofCustomer() || f == fCurrency
	}
	switch f {
	case fName, fEmail, fPhone, fRegistrationNo, fVATNo, fCountry, fRegion, fSegment, fColleague:
		return true
	}
	return !f.ofCustomer()
}
