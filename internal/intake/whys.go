package intake

// Saying is what a code means in English: one sentence, and what to do about
// it. The phrase room speaks the other languages.
type Saying struct {
	Says string
	Hint string
}

// Why a row was rejected: the codes of behold.Reject.Why. The phrase keys are
// "reject.<code>" and "reject.<code>.hint".
const (
	WhyNoCustomer     = "no_customer"
	WhyNoOrder        = "no_order"
	WhyNoDate         = "no_date"
	WhyNotADate       = "not_a_date"
	WhyDateOrder      = "date_order"
	WhyDateRange      = "date_range"
	WhyNotANumber     = "not_a_number"
	WhyNumberMarks    = "number_marks"
	WhyNumberTooLarge = "number_too_large"
	WhyLineTwice      = "line_twice"
	WhyCustomerTwice  = "customer_twice"
	WhyTooFewCells    = "too_few_cells"
	WhyTooManyCells   = "too_many_cells"
	WhyCellTooLong    = "cell_too_long"
	WhyQuoteUnclosed  = "quote_unclosed"
	WhyNULByte        = "nul_byte"
	WhyHeaderAgain    = "header_again"
	WhyNotASale       = "not_a_sale"
	WhyNoValue        = "no_value"
	WhyNegative       = "negative"
	WhyNotWhole       = "not_whole"
	WhyRowTwice       = "row_twice"
	WhyNotJSON        = "not_json"
	WhyOffScale       = "off_scale"
	WhyUnanswered     = "unanswered"
)

// Whys lists every reason for which intake rejects a row.
func Whys() map[string]Saying {
	return map[string]Saying{
		WhyNoCustomer:     {"The row does not say which customer it belongs to.", "Fill in the customer number, or leave the row out: cash sales and internal rows belong to nobody."},
		WhyNoOrder:        {"The row has no order or invoice number.", "Fill in the number; totals and subtotals at the end of a list can be left out."},
		WhyNoDate:         {"The row has no date.", "Fill in the date."},
		WhyNotADate:       {"This is not a date we can read.", "Write it as 2025-03-14, or as the other dates of the column."},
		WhyDateOrder:      {"Day and month are the other way round than in the rest of the column.", "Write all dates of the column the same way, best as 2025-03-14."},
		WhyDateRange:      {"The date is not between the years 1900 and 2100, or there is no such day.", "Correct the date."},
		WhyNotANumber:     {"This is not a number.", "Write digits with one decimal mark, such as 1188.00 or 1188,00."},
		WhyNumberMarks:    {"Point and comma stand differently than in the rest of the column.", "Write all numbers of the column with the same decimal mark."},
		WhyNumberTooLarge: {"The number has too many digits.", "Check whether two columns have run together."},
		WhyLineTwice:      {"The same line of the same order came before with other content.", "The value shows order and line and, after the arrow, the line of the file that was kept. Number the lines of an order, or take the line column out."},
		WhyCustomerTwice:  {"The same customer came before with other content.", "The value shows the customer and, after the arrow, the line of the file that was kept. Keep one row for each customer."},
		WhyTooFewCells:    {"The row is shorter than the header.", "Look for a line break inside a text; put texts with line breaks in double quotes."},
		WhyTooManyCells:   {"The row is longer than the header.", "Look for a separator inside a text; put texts with separators in double quotes."},
		WhyCellTooLong:    {"A cell has more than 100,000 characters.", "Shorten the text or leave the column out."},
		WhyQuoteUnclosed:  {"A double quote opens a text and nothing closes it.", "Close the quote, or write it twice when it belongs to the text."},
		WhyNULByte:        {"The row has a NUL byte, which no text has.", "Export the file again; the row may be damaged."},
		WhyHeaderAgain:    {"The header stands here once more.", "Nothing to do: files that were put together have several headers."},
		WhyNotASale:       {"The order was cancelled, failed or is a draft.", "Nothing to do: only orders that went through count."},
		WhyNoValue:        {"The row has nothing in a column that it cannot do without.", "Fill in the column, or leave the row out."},
		WhyNegative:       {"The number is below zero.", "Correct the number: hours, days and counts begin at zero."},
		WhyNotWhole:       {"This is not a whole number.", "Write a count without decimals."},
		WhyRowTwice:       {"A row with the same key came before with other content.", "The value shows the key and, after the arrow, the line of the file that was kept. Keep one row for each key."},
		WhyOffScale:       {"The answer is not on the scale of its question.", "Name the scale in a column scale_max, or write 9/10; thumbs and faces are no scale that has a very satisfied."},
		WhyUnanswered:     {"Nobody answered a question in this row.", "Nothing to do: invitations without an answer are left out."},
		WhyNotJSON:        {"The line is no whole object in JSON.", "Write one object on each line, with all its brackets and quotes."},
	}
}

// What can be noted about a file as a whole: the codes of behold.Note.Code.
// The phrase keys are "note.<code>"; the arguments stand in braces.
const (
	NoteDatesAmbiguous    = "dates_ambiguous"
	NoteDatesContradict   = "dates_contradict"
	NoteDecimalsAmbiguous = "decimals_ambiguous"
	NoteEncodingMixed     = "encoding_mixed"
	NoteOrderMade         = "order_made"
	NoteColumnTwice       = "column_twice"
	NoteNoAmount          = "no_amount"
	NoteAmountEmpty       = "amount_empty"
	NoteNoRows            = "no_rows"
	NotePointZero         = "customer_point_zero"
	NoteCurrencyGuessed   = "currency_guessed"
	NoteValuesIgnored     = "values_ignored"
	NoteBadDebt           = "bad_debt"
	NotePreamble          = "preamble"
	NoteSheets            = "sheets"
	NoteAlsoInvoices      = "also_invoices"
	NoteTableUnsure       = "table_unsure"
	NoteAnswerMade        = "answer_made"
	NoteItemScale         = "item_scale"
)

// Notes lists every note intake makes.
func Notes() map[string]Saying {
	return map[string]Saying{
		NoteDatesAmbiguous:    {"Every date in {column} can be read as day/month or as month/day; we took {taken}.", "Say which one it is if that is wrong."},
		NoteDatesContradict:   {"{column} has dates with the day first and dates with the month first; we took {taken}, as most are, and rejected the others.", ""},
		NoteDecimalsAmbiguous: {"Numbers in {column} such as {example} can be read in two ways; we took {taken} as the decimal mark.", ""},
		NoteEncodingMixed:     {"The file mixes UTF-8 and Windows-1252; {rows} rows were read as Windows-1252.", ""},
		NoteOrderMade:         {"The file has no order numbers: everything a customer bought on one day counts as one order.", ""},
		NoteColumnTwice:       {"Both {kept} and {header} look like {field}; we took {kept} and kept {header} as an attribute.", ""},
		NoteNoAmount:          {"The file has no amounts: every piece counts as 1, so money means pieces.", ""},
		NoteAmountEmpty:       {"{rows} rows have no amount and count as 0.", ""},
		NoteNoRows:            {"The file has a header and no rows.", ""},
		NotePointZero:         {"The customer numbers in {column} end in .0, as a spreadsheet leaves them; we took that off.", ""},
		NoteCurrencyGuessed:   {"The currency {currency} was taken from {column}.", ""},
		NoteValuesIgnored:     {"{rows} values in {column} could not be read and were left out, such as {example}.", ""},
		NoteBadDebt:           {"{rows} rows are bookkeeping of bad debts; they are kept with amount 0 and are neither purchases nor returns.", ""},
		NotePreamble:          {"The header stands in line {line}; what stands above it was left out.", ""},
		NoteSheets:            {"The workbook has {sheets} sheets; we read {sheet}.", ""},
		NoteAnswerMade:        {"The answers have no numbers of their own: what a customer answered at one time counts as one form.", ""},
		NoteItemScale:         {"{column} was read as answers to {field}, the best being {scale}.", "If that is wrong, map the column to another item, or name the scale in the header, such as (1-5)."},
		NoteTableUnsure:       {"The header does not show for certain what the rows are.", "Say what they are, and what each column is."},
		NoteAlsoInvoices:      {"The file was read as orders; it also says when invoices fall due and are paid.", "Import it once more as invoices (--as invoices) for its payments."},
	}
}
