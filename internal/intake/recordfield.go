package intake

import (
	"slices"

	"behold"
)

// The columns of the tables beside orders and customers are fields too, behind
// those of field.go and in the order of behold.Tables. Customer, currency and
// recorded_at are the same field in every table.

// A recordColumn is one of those columns.
type recordColumn struct {
	behold.Column
	table behold.Table
}

var recordColumns = listRecordColumns()

func listRecordColumns() []recordColumn {
	var out []recordColumn
	for _, t := range behold.Tables() {
		for _, c := range t.Columns() {
			out = append(out, recordColumn{c, t})
		}
	}
	return append(out, itemFields()...)
}

// allFields is the number of fields of all tables together.
func allFields() field { return fields + field(len(recordColumns)) }

// isRecord says whether rows of the table are records.
func isRecord(table behold.Table) bool {
	return table != behold.TableOrders && table != behold.TableCustomers
}

// column is what a field of a record is.
func (f field) column() recordColumn { return recordColumns[f-fields] }

// recordField is the field of the table's i-th column.
func recordField(table behold.Table, i int) field {
	switch name := table.Columns()[i].Name; name {
	case "customer":
		return fCustomer
	case "currency":
		return fCurrency
	}
	first := slices.IndexFunc(recordColumns, func(c recordColumn) bool { return c.table == table })
	return fields + field(first+i)
}

// isOf says whether the table has the field. Orders and customers, which
// stand in one list, have all of that list.
func (f field) isOf(table behold.Table) bool {
	switch {
	case !isRecord(table):
		return f < fields
	case f == fRecordedAt:
		return true
	case f == fCustomer || f == fCurrency:
		return table.Column(f.String()) >= 0
	}
	return f >= fields && f.column().table == table && f.column().Name != "customer" && f.column().Name != "currency"
}

// isMoney says whether a currency may stand beside the numbers of the field.
func (f field) isMoney() bool {
	if f >= fields {
		return f.column().Form == behold.FormMoney
	}
	return f.isNumber()
}

// ofMoney lists the fields whose header may name the currency of the rows.
func ofMoney(table behold.Table) []field {
	if !isRecord(table) {
		return []field{fAmount, fUnitPrice, fCost}
	}
	var out []field
	for i, c := range table.Columns() {
		if c.Form == behold.FormMoney {
			out = append(out, recordField(table, i))
		}
	}
	return out
}
