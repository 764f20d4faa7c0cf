package intake

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"behold"

	"github.com/google/go-cmp/cmp"
)

// headings are header rows as programs and people write them, and what each
// column is. The fields stand in the order of the headers; "" is an attribute.
var headings = []struct{ name, header, fields string }{
	{"Online Retail", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
		"order product product_name quantity ordered_at unit_price customer country"},
	{"Online Retail II", "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country",
		"order product product_name quantity ordered_at unit_price customer country"},
	{"the contract", "order,customer,ordered_at,line,product,product_name,category,quantity,unit_price,amount,cost,list_price,discount,offer,currency,promised_on,delivered_on,credit_of,recorded_at",
		"order customer ordered_at line product product_name category quantity unit_price amount cost list_price discount offer currency promised_on delivered_on credit_of recorded_at"},
	{"Danish", "Fakturanr.;Kundenr.;Dato;Varenr.;Varetekst;Antal;Pris;Beløb;Varegruppe;Kostpris;Rabat;Valuta",
		"order customer ordered_at product product_name quantity unit_price amount category cost discount currency"},
	{"Danish, longer", "Fakturanummer;Linjenr;Kundenummer;Kundenavn;Fakturadato;Leveringsdato;Enhedspris;Nettobeløb;Land",
		"order line customer name ordered_at delivered_on unit_price amount country"},
	{"Swedish", "Fakturanummer;Kundnr;Fakturadatum;Artikelnr;Benämning;Antal;À-pris;Belopp;Varugrupp;Rad;Kundnamn",
		"order customer ordered_at product product_name quantity unit_price amount category line name"},
	{"Norwegian", "Fakturanr;Kundenr;Fakturadato;Varenr;Beskrivelse;Antall;Enhetspris;Beløp;Varegruppe;Varekost;Kjøpsdato",
		"order customer ordered_at product product_name quantity unit_price amount category cost "},
	{"Dutch", "Factuurnummer;Klantnummer;Factuurdatum;Artikelnummer;Omschrijving;Aantal;Prijs;Bedrag;Artikelgroep;Regelnr;Korting;Klantnaam;Kostprijs",
		"order customer ordered_at product product_name quantity unit_price amount category line discount name cost"},
	{"German", "Rechnungsnummer;Kundennummer;Rechnungsdatum;Artikelnummer;Bezeichnung;Menge;Einzelpreis;Betrag;Warengruppe;Währung",
		"order customer ordered_at product product_name quantity unit_price amount category currency"},
	{"CDNOW", "customer_id,date,cds,value", "customer ordered_at quantity amount"},
	{"invoices with a currency", "invoice,customer_id,invoice_date,country,lines,products,quantity,amount_gbp,kind",
		"order customer ordered_at country   quantity amount document"},
	{"accounts receivable", "countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate",
		"country customer  order ordered_at  amount  "},
	{"Shopify", "Name,Email,Financial Status,Paid at,Fulfilled at,Currency,Subtotal,Total,Discount Code,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Company,Billing Country,Id,Lineitem discount",
		"order customer status  delivered_on currency   offer ordered_at quantity product_name unit_price product name country  discount"},
	{"WooCommerce", "order_id,order_number,order_date,paid_date,status,order_total,order_currency,customer_id,customer_email,billing_company",
		" order ordered_at  status amount currency customer email name"},
	{"Stripe", "id,Number,Customer,Currency,Amount Due,Amount Paid,Total,Created (UTC),Status",
		" order customer currency  amount  ordered_at status"},
	{"e-conomic", "bookedInvoiceNumber;date;customerNumber;currency;lineNumber;productNumber;description;quantity;unitNetPrice;totalNetAmount",
		"order ordered_at customer currency line product product_name quantity unit_price amount"},
	{"Fortnox", "DocumentNumber,InvoiceDate,DueDate,CustomerNumber,CustomerName,Total,Balance,Currency",
		"order ordered_at  customer name amount  currency"},
	{"Business Central", "Document No.,Posting Date,Sell-to Customer No.,Line No.,No.,Description,Quantity,Unit Price Excl. VAT,Line Discount Amount,Line Amount Excl. VAT,Item Category Code",
		"order ordered_at customer line  product_name quantity unit_price discount amount category"},
	{"spelt oddly", " ORDER__number ;Customer-No.;\ufefforder date;AMOUNT (DKK)", "order customer ordered_at amount"},
}

func TestHeadings(t *testing.T) {
	book := newWordbook()
	for _, c := range headings {
		r := csv.NewReader(strings.NewReader(c.header))
		if strings.Contains(c.header, ";") {
			r.Comma = ';'
		}
		row, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		h := book.understand(row, behold.TableOrders, nil)
		var got []string
		for _, f := range h.fields {
			got = append(got, f.String())
		}
		if diff := cmp.Diff(strings.Split(c.fields, " "), got); diff != "" {
			t.Errorf("%s (%v): -want +got\n%s", c.name, row, diff)
		}
	}
}

func TestHeadingsOfCustomers(t *testing.T) {
	book := newWordbook()
	for header, want := range map[string]string{
		"customer,name,kind,email,phone,registration_no,vat_no,country,region,language,segment,colleague,customer_since,acquired_by,acquired_offer,acquisition_cost,price_list,captive,vip,survey_opt_out,marketing_opt_out,closed_on,closed_reason,tags": "customer name kind email phone registration_no vat_no country region language segment colleague customer_since acquired_by acquired_offer acquisition_cost price_list captive vip survey_opt_out marketing_opt_out closed_on closed_reason tags",
		"Kundenr,Navn,CVR-nr.,E-mail,Telefon,Land,Kundegruppe,Oprettet":             "customer name registration_no email phone country segment customer_since",
		"Kundnummer,Företag,Orgnr,E-post,Mobil,Län":                                 "customer name registration_no email phone region",
		"Klantnummer,Bedrijfsnaam,KvK-nummer,BTW-nummer,E-mailadres,Telefoonnummer": "customer name registration_no vat_no email phone",
		"Kundenummer,Firma,Organisasjonsnummer,E-post,Fylke":                        "customer name registration_no email region",
	} {
		h := book.understand(strings.Split(header, ","), behold.TableCustomers, nil)
		var got []string
		for _, f := range h.fields {
			got = append(got, f.String())
		}
		if diff := cmp.Diff(strings.Split(want, " "), got); diff != "" {
			t.Errorf("%s: -want +got\n%s", header, diff)
		}
	}
}

// Two headers for one field: the better one wins and the receipt says so. The
// user's map comes before everything.
func TestHeadersThatCompete(t *testing.T) {
	path := put(t, "a.csv", "order,customer id,customer name,date,order date,total,amount\nF1,K1,Ann,2024-01-01,2024-01-02,5,4\n")
	r, s := readFile(t, path, Options{})
	if f := fieldsOf(r); f["ordered_at"] != "order date" || f["amount"] != "amount" || f["name"] != "customer name" || f["customer"] != "customer id" {
		t.Errorf("fields %v", f)
	}
	if got := noteCodes(r); !cmp.Equal(got, []string{NoteColumnTwice, NoteColumnTwice}) {
		t.Errorf("notes %v", r.Notes)
	}
	if want := `{"date":"2024-01-01","total":"5"}`; s.attr[0] != want {
		t.Errorf("attributes %s, want %s", s.attr[0], want)
	}
	r, _ = readFile(t, path, Options{Map: map[string]string{"Total": "amount", "date": "ordered_at", "customer name": "-"}})
	if f := fieldsOf(r); f["ordered_at"] != "date" || f["amount"] != "total" || f["name"] != "" {
		t.Errorf("fields with a map: %v", f)
	}
}

func FuzzHeader(f *testing.F) {
	for _, c := range headings {
		f.Add(c.header)
	}
	book := newWordbook()
	f.Fuzz(func(t *testing.T, header string) {
		if len(header) > 4096 {
			t.Skip()
		}
		row := strings.FieldsFunc(header, func(r rune) bool { return r == ',' || r == ';' })
		for _, table := range []behold.Table{behold.TableOrders, behold.TableCustomers} {
			h := book.understand(row, table, nil)
			seen := map[field]bool{}
			for _, got := range h.fields {
				if got != attribute && (seen[got] || !belongs(got, table)) {
					t.Fatalf("%q: %v twice, or in the wrong table", header, got)
				}
				seen[got] = true
			}
		}
		if fold(fold(header)) != fold(header) {
			t.Fatalf("folding %q twice changes it", header)
		}
	})
}

// A file that names order, customer and money is one of orders, also where its day
// goes by a name that nobody knows: it is not taken for customers with their money
// set aside.
func TestOrdersWhoseDayIsUnknown(t *testing.T) {
	path := filepath.Join(t.TempDir(), "salg.csv")
	if err := os.WriteFile(path, []byte("Fakturanr;Kundenr;Stempel;Beløb;Navn\n1;K-1;2025-01-02;100,00;Ida\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Look(t.Context(), path, Options{}); behold.KindOf(err) != behold.Invalid || !strings.Contains(err.Error(), "ordered_at") {
		t.Errorf("read strictly: %v", err)
	}
	receipt, err := Look(t.Context(), path, Options{Lenient: true})
	if err != nil || receipt.Table != behold.TableOrders {
		t.Fatalf("read leniently: %v, %v", receipt, err)
	}
}
