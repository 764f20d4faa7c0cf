package intake

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/sample"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
)

// shop writes the invented shop into a folder: the file of each table.
func shop(t testing.TB, customers int64) map[behold.Table]string {
	t.Helper()
	dir := t.TempDir()
	if err := sample.Write(context.Background(), dir, sample.Options{Customers: customers, Months: 24, Seed: 3, Until: behold.Date(2025, 6, 30)}); err != nil {
		t.Fatal(err)
	}
	out := map[behold.Table]string{}
	for _, table := range behold.Tables() {
		out[table] = filepath.Join(dir, string(table)+".csv")
	}
	return out
}

// content reads a CSV file in a plain way.
func content(t testing.TB, path string) (header []string, rows [][]string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[0], all[1:]
}

// asJSON writes the rows of a CSV file as JSON lines, as a program would:
// numbers and yes and no are no texts, and what is empty is left out.
func asJSON(t testing.TB, path string) string {
	t.Helper()
	header, rows := content(t, path)
	var b bytes.Buffer
	for _, row := range rows {
		object := map[string]any{}
		for i, v := range row {
			if n := json.Number(v); v == "true" || v == "false" {
				object[header[i]] = v == "true"
			} else if _, err := n.Float64(); err == nil && json.Valid([]byte(v)) {
				object[header[i]] = n
			} else if v != "" {
				object[header[i]] = v
			}
		}
		line, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return put(t, "rows.jsonl", b.String())
}

// asWorkbook writes them as a workbook, numbers as numbers.
func asWorkbook(t testing.TB, path string) string {
	t.Helper()
	header, rows := content(t, path)
	book := excelize.NewFile()
	for y, row := range append([][]string{header}, rows...) {
		for x, v := range row {
			cell, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				t.Fatal(err)
			}
			var value any = v
			if n, err := strconv.ParseFloat(v, 64); err == nil && json.Valid([]byte(v)) {
				value = n
			}
			if err := book.SetCellValue("Sheet1", cell, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	out := filepath.Join(t.TempDir(), "rows.xlsx")
	if err := book.SaveAs(out); err != nil {
		t.Fatal(err)
	}
	return out
}

// said is a record's columns as text, by name; "" where nothing is said.
func said(r *behold.Records, i int) map[string]string {
	out := map[string]string{}
	for k, c := range r.Table.Columns() {
		cells := r.Columns[k]
		switch {
		case cells.Text != nil:
			out[c.Name] = strings.Clone(cells.Text[i])
		case cells.Number != nil && !math.IsNaN(cells.Number[i]):
			out[c.Name] = strconv.FormatFloat(cells.Number[i], 'f', -1, 64)
		case cells.Whole != nil && cells.Whole[i] != behold.NoWhole:
			out[c.Name] = whole(c.Form, cells.Whole[i])
		default:
			out[c.Name] = ""
		}
	}
	return out
}

func whole(form behold.Form, v int64) string {
	switch form {
	case behold.FormMoment:
		return timeOf(v).Format("2006-01-02 15:04:05")
	case behold.FormDay:
		return behold.Day(v).String()
	case behold.FormMonth:
		return behold.Day(v).String()[:7]
	case behold.FormMoney:
		return behold.Money{Minor: v, Currency: "DKK"}.Decimal()
	}
	return strconv.FormatInt(v, 10)
}

// All thirteen tables of the invented shop are known by their headers and come
// back whole, with nothing rejected and every cell as it was written.
func TestShopComesBack(t *testing.T) {
	files := shop(t, 120)
	for _, table := range behold.Tables() {
		header, rows := content(t, files[table])
		r, s := readFile(t, files[table], Options{})
		if r.Table != table || r.Read != int64(len(rows)) || r.Rejected+r.Known != 0 || len(r.Notes) > 0 {
			t.Errorf("%s: read as %s, %d of %d, rejected %v, notes %v", table, r.Table, r.Read, len(rows), r.Rejects, r.Notes)
		}
		for _, use := range r.Columns {
			if use.Field != use.Header {
				t.Errorf("%s: %s is taken for %q", table, use.Header, use.Field)
			}
		}
		if !isRecord(table) {
			continue
		}
		if len(s.said) != len(rows) || len(rows) == 0 {
			t.Fatalf("%s: %d records, want %d", table, len(s.said), len(rows))
		}
		for i, got := range s.said {
			for k, name := range header {
				if want := plainly(table, name, rows[i][k]); got[name] != want {
					t.Fatalf("%s line %d: %s is %q, want %q", table, i+2, name, got[name], want)
				}
			}
			if s.row[i] != int64(i+2) {
				t.Fatalf("%s: row %d stands in line %d", table, i, s.row[i])
			}
		}
	}
}

// plainly is a cell of the shop's files as said writes it.
func plainly(table behold.Table, name, v string) string {
	c := table.Columns()[table.Column(name)]
	n, err := strconv.ParseFloat(v, 64)
	switch {
	case c.Form == behold.FormMoment && len(v) == 10:
		return v + " 00:00:00"
	case v == "true":
		return "1"
	case v == "false":
		return "0"
	case err == nil && c.Form == behold.FormNumber:
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return v
}

// A table says the same as CSV, as JSON lines and as a workbook.
func TestSameInEveryForm(t *testing.T) {
	files := shop(t, 12)
	for _, table := range behold.Tables() {
		_, want := readFile(t, files[table], Options{As: table})
		for name, path := range map[string]string{"JSON": asJSON(t, files[table]), "workbook": asWorkbook(t, files[table])} {
			r, got := readFile(t, path, Options{As: table})
			down := int64(0)
			if name == "JSON" {
				down = 1 // no line is a header
			}
			for i := range got.lines {
				got.lines[i].Row += down
			}
			for i := range got.row {
				got.row[i] += down
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(shelf{}), cmpopts.EquateEmpty(), cmpopts.IgnoreFields(shelf{}, "promised", "cost", "attr")); diff != "" {
				t.Errorf("%s as %s (%v): -want +got\n%s", table, name, r.Rejects, diff)
			}
		}
	}
}

// headersOfTables are the headers of each table as people write them, with what
// each column is, in order; "-" is an attribute.
var headersOfTables = []struct {
	table   behold.Table
	header  string
	columns string
}{
	{behold.TablePeople, "Kundenr;Personnr;Navn;E-mail;Telefon;Stilling;Gyldig fra;Gyldig til", "customer person name email phone role valid_from valid_to"},
	{behold.TablePeople, "Kundnr;Kontaktperson;Namn;E-post;Befattning;Giltig från;Giltig till", "customer person name email role valid_from valid_to"},
	{behold.TablePeople, "Kundenr;Kontaktperson;Navn;E-post;Stilling;Gyldig fra;Gyldig til", "customer person name email role valid_from valid_to"},
	{behold.TablePeople, "Klantnummer;Contactpersoon;Naam;E-mailadres;Functie;Geldig vanaf;Geldig tot", "customer person name email role valid_from valid_to"},
	{behold.TableInvoices, "Fakturanr;Kundenr;Forfaldsdato;Betalingsdato;Beløb;Valuta;Omtvistet", "invoice customer due_on paid_on amount currency disputed"},
	{behold.TableInvoices, "Fakturanummer;Kundnummer;Förfallodatum;Betaldatum;Belopp;Valuta;Bestridd", "invoice customer due_on paid_on amount currency disputed"},
	{behold.TableInvoices, "Fakturanr;Kundenr;Forfallsdato;Betalt dato;Beløp;Valuta;Omstridt", "invoice customer due_on paid_on amount currency disputed"},
	{behold.TableInvoices, "Factuurnummer;Klantnummer;Vervaldatum;Betaald op;Bedrag;Valuta;Betwist", "invoice customer due_on paid_on amount currency disputed"},
	{behold.TableInvoices, "Invoice No.;Customer ID;Due date;Payment date;Amount (SEK)", "invoice customer due_on paid_on amount"},
	{behold.TableContracts, "Aftalenr;Kundenr;Produkt;Startdato;Udløber;Opsigelsesvarsel;Fornyes automatisk;Pris;Periode;Valuta;Introtilbud til;Opsagt", "contract customer product starts_on ends_on notice_days auto_renew price period currency intro_until ended_on"},
	{behold.TableContracts, "Avtalsnr;Kundnr;Startdatum;Slutdatum;Uppsägningstid;Pris;Uppsagd", "contract customer starts_on ends_on notice_days price ended_on"},
	{behold.TableContracts, "Avtalenr;Kundenr;Startdato;Sluttdato;Oppsigelsestid;Pris;Oppsagt", "contract customer starts_on ends_on notice_days price ended_on"},
	{behold.TableContracts, "Contractnummer;Klantnummer;Ingangsdatum;Einddatum;Opzegtermijn;Prijs;Opgezegd op", "contract customer starts_on ends_on notice_days price ended_on"},
	{behold.TableContacts, "Kontaktnr;Kundenr;Tidspunkt;Retning;Kanal;Medarbejder;Kontaktperson;Besvaret;Bemærkning", "contact customer at direction channel colleague person replied_at text"},
	{behold.TableContacts, "Kontaktid;Kundnummer;Tidpunkt;Riktning;Kanal;Medarbetare;Besvarad;Anteckning", "contact customer at direction channel colleague replied_at text"},
	{behold.TableContacts, "Kontaktid;Kundenummer;Tidspunkt;Retning;Kanal;Medarbeider;Besvart;Merknad", "contact customer at direction channel colleague replied_at text"},
	{behold.TableContacts, "Contactmoment;Klantnummer;Tijdstip;Richting;Kanaal;Medewerker;Beantwoord;Opmerking", "contact customer at direction channel colleague replied_at text"},
	{behold.TableContacts, "Activity ID,Customer,Activity date,Direction,Type,Owner,Notes", "contact customer at direction channel colleague text"},
	{behold.TableTickets, "Sagsnr;Kundenr;Oprettet den;Første svar;Lukket;Genåbnet;Berøringspunkt;Prioritet;Klage;Lovede timer;Kanal;Emne;Beskrivelse", "ticket customer opened_at first_reply_at closed_at reopened touchpoint priority complaint promise_hours channel subject text"},
	{behold.TableTickets, "Ärendenr;Kundnr;Öppnat;Första svar;Stängt;Återöppnat;Prioritet;Klagomål;Ämne", "ticket customer opened_at first_reply_at closed_at reopened priority complaint subject"},
	{behold.TableTickets, "Saksnr;Kundenr;Åpnet;Første svar;Lukket;Gjenåpnet;Prioritet;Klage;Emne", "ticket customer opened_at first_reply_at closed_at reopened priority complaint subject"},
	{behold.TableTickets, "Zaaknummer;Klantnummer;Geopend;Eerste reactie;Gesloten;Heropend;Prioriteit;Klacht;Onderwerp", "ticket customer opened_at first_reply_at closed_at reopened priority complaint subject"},
	{behold.TableTickets, "Ticket ID,Customer ID,Created at,First response,Resolved at,Priority,Subject", "ticket customer opened_at first_reply_at closed_at priority subject"},
	{behold.TablePromises, "Løftenr;Kundenr;Lovet den;Senest;Holdt;Tekst;Medarbejder", "promise customer made_at due_at kept_at text colleague"},
	{behold.TablePromises, "Löfte;Kundnr;Lovades;Senast;Infriad;Beskrivning", "promise customer made_at due_at kept_at text"},
	{behold.TablePromises, "Løfte;Kundenr;Gitt;Frist;Innfridd;Beskrivelse", "promise customer made_at due_at kept_at text"},
	{behold.TablePromises, "Belofte;Klantnummer;Beloofd op;Uiterlijk;Nagekomen;Omschrijving;Door", "promise customer made_at due_at kept_at text colleague"},
	{behold.TableAnswers, "Svarnr;Kundenr;Besvaret;Spurgt;Spørgsmål;Score;Skala;Kommentar", "answer customer answered_at asked_at item value scale_max text"},
	{behold.TableAnswers, "Svarnr;Kundnr;Besvarad;Fråga;Betyg;Maxbetyg;Kommentar", "answer customer answered_at item value scale_max text"},
	{behold.TableAnswers, "Svarnr;Kundenr;Besvart;Spørsmål;Vurdering;Skala;Kommentar", "answer customer answered_at item value scale_max text"},
	{behold.TableAnswers, "Antwoordnr;Klantnummer;Beantwoord;Gevraagd;Vraag;Cijfer;Schaal;Toelichting", "answer customer answered_at asked_at item value scale_max text"},
	{behold.TableAnswers, "Response ID,Customer,Submitted at,Question,Score,Scale,Comment", "answer customer answered_at item value scale_max text"},
	{behold.TableQuotes, "Tilbudsnr;Kundenr;Tilbudsdato;Beløb;Valuta;Vundet", "quote customer at amount currency won_at"},
	{behold.TableQuotes, "Offertnr;Kundnr;Offertdatum;Belopp;Vunnen", "quote customer at amount won_at"},
	{behold.TableQuotes, "Tilbudsnr;Kundenr;Tilbudsdato;Beløp;Akseptert", "quote customer at amount won_at"},
	{behold.TableQuotes, "Offertenummer;Klantnummer;Offertedatum;Bedrag;Gewonnen", "quote customer at amount won_at"},
	{behold.TableLosses, "Kundenr;Forladt;Årsag;Uddybning;Konkurrent;Oplyst af;Vundet tilbage", "customer left_on reason detail competitor said_by won_back_on"},
	{behold.TableLosses, "Kundnr;Slutade;Orsak;Förklaring;Konkurrent", "customer left_on reason detail competitor"},
	{behold.TableLosses, "Kundenr;Sluttet;Årsak;Utdypning;Konkurrent", "customer left_on reason detail competitor"},
	{behold.TableLosses, "Klantnummer;Vertrokken op;Reden;Toelichting;Concurrent", "customer left_on reason detail competitor"},
	{behold.TableEfforts, "Måned;Formål;Beløb;Valuta;Timer;Aktivitet", "month aim amount currency hours what"},
	{behold.TableEfforts, "Månad;Syfte;Belopp;Timmar;Aktivitet", "month aim amount hours what"},
	{behold.TableEfforts, "Måned;Formål;Beløp;Timer;Tiltak", "month aim amount hours what"},
	{behold.TableEfforts, "Maand;Doel;Bedrag;Uren;Activiteit", "month aim amount hours what"},
	{behold.TableColleagues, "Medarbejder;Navn;Afdeling;Timer pr. uge", "colleague name team hours_per_week"},
	{behold.TableColleagues, "Medarbetare;Namn;Avdelning;Timmar per vecka", "colleague name team hours_per_week"},
	{behold.TableColleagues, "Medarbeider;Navn;Avdeling;Timer per uke", "colleague name team hours_per_week"},
	{behold.TableColleagues, "Medewerker;Naam;Afdeling;Uren per week", "colleague name team hours_per_week"},
	{behold.TableColleagues, "Mitarbeiter;Name;Abteilung;Wochenstunden", "colleague name team hours_per_week"},
	{behold.TableTickets, "Ticketnummer;Kundennummer;Eröffnet am;Erste Antwort;Gelöst am;Beschwerde;Betreff", "ticket customer opened_at first_reply_at closed_at complaint subject"},
	{behold.TableCustomers, "Kundenr;Navn;Kontaktperson;E-mail;Telefon", "customer name - email phone"},
	{behold.TableOrders, "id,customer,date,amount,currency", "- customer ordered_at amount currency"},
	{behold.TableOrders, "Invoice,Customer,Invoice date,Due date,Paid date,Amount", "order customer ordered_at - - amount"},
}

func TestHeadersOfTables(t *testing.T) {
	for _, c := range headersOfTables {
		path := put(t, "t.csv", strings.TrimSpace(c.header)+"\n"+strings.Repeat(";", strings.Count(c.header, ";"))+"\n")
		r, err := Look(t.Context(), path, Options{})
		if err != nil {
			t.Errorf("%s: %v", c.header, err)
			continue
		}
		var got []string
		for _, use := range r.Columns {
			if use.Field == "" {
				use.Field = "-"
			}
			got = append(got, use.Field)
		}
		if diff := cmp.Diff(strings.Fields(c.columns), got); r.Table != c.table || diff != "" {
			t.Errorf("%s: %s, want %s; -want +got\n%s", c.header, r.Table, c.table, diff)
		}
	}
}

// The columns that a table cannot do without are enough to know it.
func TestRequiredColumnsShowTheTable(t *testing.T) {
	for _, table := range behold.Tables() {
		var header []string
		for _, f := range required(table) {
			header = append(header, f.String())
		}
		r, err := Look(t.Context(), put(t, "t.csv", strings.Join(header, ",")+"\n"), Options{})
		if err != nil || r.Table != table {
			t.Errorf("%s by %v: %v %v", table, header, r, err)
		}
	}
}

// What shows no table, or shows two, is asked about.
func TestTablesThatAreAskedAbout(t *testing.T) {
	for header, says := range map[string]string{
		"customer,left_on,reason,since":             "the truth beside the invented shop",
		"name,hours":                                "no column for customer",
		"quote,ticket,customer,opened_at,quoted_at": "fits a table of tickets or quotes",
	} {
		path := put(t, "t.csv", header+"\n")
		if _, err := Look(t.Context(), path, Options{}); err == nil || !strings.Contains(err.Error(), says) || behold.HintOf(err) == "" {
			t.Errorf("%s: %v, hint %q", header, err, behold.HintOf(err))
		}
	}
	path := put(t, "t.csv", "colleague,name\nann@example.com,Ann\n")
	if r, s := readFile(t, path, Options{As: behold.TableColleagues}); r.Read != 1 || s.said[0]["name"] != "Ann" {
		t.Errorf("%+v", s.said)
	}
	path = put(t, "t.csv", "customer,left_on,reason,since\nK1,2025-01-01,K1,\n")
	if r, _ := readFile(t, path, Options{As: behold.TableLosses}); r.Read != 1 {
		t.Errorf("%+v", r)
	}
	_, err := Look(t.Context(), path, Options{As: "clients"})
	if behold.KindOf(err) != behold.Invalid || !strings.Contains(behold.HintOf(err), "colleagues") {
		t.Error(err)
	}
}

// Words, flags, counts, months and numbers in the languages of the product.
func TestValuesOfRecords(t *testing.T) {
	for _, c := range []struct {
		table          behold.Table
		column, header string
		values         string // spelling=kept, by bars
	}{
		{behold.TableContacts, "direction", "contact;customer;at;direction", "ind=in|Udgående=out|in=in|ut=out|uit=out|Inkommande=in|inn=in|binnenkomend=in|sideways=sideways"},
		{behold.TableContacts, "channel", "contact;customer;at;channel", "Besøg=visit|besök=visit|bezoek=visit|opkald=call|Telefon=call|samtal=call|telefoon=call|E-mail=mail|mail=mail|e-post=mail|Nyhedsbrev=newsletter|nyhetsbrev=newsletter|nieuwsbrief=newsletter|automatisk=automatic|messe=event|chat=chat|Brevdue=brevdue"},
		{behold.TableTickets, "reopened", "ticket;customer;opened_at;reopened", "0=0|2=2|ja=1|nej=0|nee=0|yes=1|3,0=3|=" + ""},
		{behold.TableTickets, "complaint", "ticket;customer;opened_at;complaint", "ja=1|Nej=0|nei=0|nee=0|true=1|FALSE=0|1=1|0=0|måske="},
		{behold.TableTickets, "touchpoint", "ticket;customer;opened_at;touchpoint", "Levering=delivery|leverans=delivery|rådgivning=advice|aandacht=attention|faktura=billing|eftersalg=aftercare|køb=purchase"},
		{behold.TableLosses, "reason", "customer;left_on;reason", "S1=poor_service|R3=broken_promise|u2=moved|X0=unknown|Brudt løfte=broken_promise|Brutet löfte=broken_promise|Belofte niet nagekomen=broken_promise|Brutt løfte=broken_promise|Langsomt svar=slow_response|Verhuisd=moved|Gått till en konkurrent=competitor|poor_service=poor_service|Død, lukket eller konkurs=closed|Bad weather=bad weather"},
		{behold.TableLosses, "said_by", "customer;left_on;said_by", "Kunden=customer|sælger=colleague|klant=customer"},
		{behold.TableEfforts, "month", "month;aim;what", "2025-03=2025-03|03/2025=2025-03|3.2025=2025-03|marts 2025=2025-03|mars 2025=2025-03|maart 2025=2025-03|2025-03-17=2025-03|202503=2025-03|Mar 2025=2025-03"},
		{behold.TableEfforts, "aim", "month;aim;what", "nye=new|nya kunder=new|nieuw=new|eksisterende=existing|befintliga=existing|bestaande klanten=existing"},
		{behold.TableColleagues, "hours_per_week", "colleague;name;hours_per_week", "37,5=37.5|37=37|37,00=37"},
		{behold.TableAnswers, "item", "answer;customer;answered_at;item", "Tilfredshed=satisfaction|nöjdhet=satisfaction|NPS=recommend|hvorfor=why|genkøb=repurchase"},
		{behold.TableAnswers, "scale_max", "answer;customer;answered_at;item;scale_max", "10=10|5=5|="},
		{behold.TableContracts, "period", "contract;customer;starts_on;period", "måned=month|kvartal=quarter|år=year|jaar=year|vecka=week"},
		{behold.TablePeople, "email_status", "customer;person;email_status", "afvist=bounced|Bounced=bounced|gyldig=ok"},
		{behold.TableContracts, "notice_days", "contract;customer;starts_on;notice_days", "30=30|30 dage=30|=" + ""},
		{behold.TableContacts, "replied_at", "contact;customer;at;replied_at", "14-03-2025 09:30=2025-03-14 09:30:00|31.12.2025=2025-12-31 00:00:00|2025-03-14T09:30:00Z=2025-03-14 09:30:00"},
	} {
		var b strings.Builder
		b.WriteString(c.header + "\n")
		at := map[string]int{}
		for i, name := range strings.Split(c.header, ";") {
			at[name] = i
		}
		pairs := strings.Split(c.values, "|")
		for i, pair := range pairs {
			spelling, _, _ := strings.Cut(pair, "=")
			row := make([]string, len(at))
			for name, k := range at {
				row[k] = filler(c.table, name, i)
			}
			row[at[c.column]] = spelling
			b.WriteString(strings.Join(row, ";") + "\n")
		}
		_, s := readFile(t, put(t, "t.csv", b.String()), Options{As: c.table})
		if len(s.said) != len(pairs) {
			t.Errorf("%s.%s: %+v", c.table, c.column, s.rejects)
			continue
		}
		for i, pair := range pairs {
			if spelling, want, _ := strings.Cut(pair, "="); s.said[i][c.column] != want {
				t.Errorf("%s.%s: %q is %q, want %q", c.table, c.column, spelling, s.said[i][c.column], want)
			}
		}
	}
}

// filler fills a column that is not looked at, differently in each row.
func filler(table behold.Table, name string, i int) string {
	switch c := table.Columns()[table.Column(name)]; c.Form {
	case behold.FormMoment, behold.FormDay:
		return "31-12-2024"
	case behold.FormMonth:
		return "2024-01"
	case behold.FormText:
		return fmt.Sprint(name, i)
	case behold.FormWord:
		return c.Words[0]
	}
	return ""
}

// Rows of the other tables that cannot be used, and what their owner is told.
func TestRecordRejectsAsTold(t *testing.T) {
	var b strings.Builder
	for _, name := range []string{"tickets", "promises", "efforts", "answers"} {
		r, s := readFile(t, "testdata/"+name+".csv", Options{})
		fmt.Fprintf(&b, "%s: read %d, usable %d, known %d, rejected %d\n", r.Table, r.Read, len(s.said), r.Known, r.Rejected)
		for _, reject := range s.rejects {
			fmt.Fprintf(&b, "  line %d %s %q: %s %s\n", reject.Row, reject.Column, reject.Value, Whys()[reject.Why].Says, Whys()[reject.Why].Hint)
		}
	}
	golden(t, "testdata/records.golden", b.String())
}

// What is not asked for is kept, what is known later is told, and the receipt
// has the days of the rows.
func TestRecordsBeyondTheirColumns(t *testing.T) {
	path := put(t, "t.csv", "contact,customer,at,channel,mood,recorded_at\nB1,K1,2025-03-01,call,good,2025-03-05 10:00\nB2,K1,2025-02-01 08:15,mail,,\n")
	r, s := readFile(t, path, Options{})
	if s.attr[0] != `{"mood":"good"}` || s.attr[1] != "" {
		t.Errorf("attributes %q", s.attr)
	}
	if len(s.recorded) != 2 || timeOf(s.recorded[0]).Format("2006-01-02 15:04") != "2025-03-05 10:00" || s.recorded[1] != behold.NoWhole {
		t.Errorf("recorded %v", s.recorded)
	}
	if r.FirstDay != behold.Date(2025, 2, 1) || r.LastDay != behold.Date(2025, 3, 1) || r.Form.Dates != "2006-01-02" {
		t.Errorf("%v to %v, %+v", r.FirstDay, r.LastDay, r.Form)
	}
	path = put(t, "t.csv", "quote;customer;at;amount (JPY)\nQ1;K1;2025-03-01;1188\n")
	if _, s := readFile(t, path, Options{}); s.said[0]["currency"] != "JPY" || s.said[0]["amount"] != "11.88" { // said writes kroner
		t.Errorf("%v", s.said)
	}
}

// Cells that a spreadsheet program keeps as days, hours, numbers and truths.
func TestRecordsOfATypedWorkbook(t *testing.T) {
	book := excelize.NewFile()
	at := time.Date(2025, 3, 14, 9, 30, 0, 0, time.UTC)
	for cell, v := range map[string]any{
		"A1": "Ticket", "B1": "Kundenr", "C1": "Oprettet den", "D1": "Lukket", "E1": "Klage", "F1": "Lovede timer", "G1": "Genåbnet",
		"A2": 17, "B2": 1001, "C2": at, "D2": at.AddDate(0, 0, 2), "E2": true, "F2": 37.5, "G2": 2,
	} {
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "t.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	r, s := readFile(t, path, Options{})
	if r.Table != behold.TableTickets || len(s.said) != 1 {
		t.Fatalf("%+v", r)
	}
	for name, want := range map[string]string{
		"ticket": "17", "customer": "1001", "opened_at": "2025-03-14 09:30:00", "closed_at": "2025-03-16 09:30:00", "complaint": "1", "promise_hours": "37.5", "reopened": "2",
	} {
		if s.said[0][name] != want {
			t.Errorf("%s is %q, want %q", name, s.said[0][name], want)
		}
	}
}
