package intake

// synonyms are the headers by which a field is known, folded (see fold) and
// best first: when two headers fit one field, the one further left wins. They
// are what bookkeeping programs, shops and people write in English, Danish,
// Swedish, Norwegian, Dutch and German. A word that means different things in
// different programs stands late in its list, or not at all.
var synonyms = [fields]string{
	fOrder: `order orderno ordernumber orderid orderref invoice invoiceno invoicenumber invoicenr invoiceid invno
		documentno documentnumber docno bookedinvoicenumber salesinvoicenumber salesordernumber salesorderid
		ordernr ordrenr ordrenummer ordre ordreid fakturanr fakturanummer faktura fakturaid bilagsnr bilagsnummer bilag
		ordernummer ordrenr order ordre verifikationsnummer dokumentnummer dokumentnr
		factuurnummer factuurnr factuur ordernummer bestelnummer bestelnr bestelling verkoopordernummer factuurid
		rechnungsnummer rechnungsnr rechnung bestellnummer bestellung auftragsnummer auftragsnr auftrag belegnummer belegnr
		transactionid transaction receiptnumber receiptno receipt number nummer`,
	fCustomer: `customerno customernumber customerid customernr custid custno customercode customer accountnumber accountid
		selltocustomerno billtocustomerno customerexternalid buyerid clientid clientno accountno debtorno debtornumber
		kundenr kundenummer kundeid kunde debitornr debitornummer debitor
		kundnr kundnummer kundid kund
		kundenr kundenummer
		klantnummer klantnr klantid klantcode klant debiteurnummer debiteurnr debiteur relatienummer relatienr relatiecode relatie
		kundennummer kundennr kundenid kunde debitorennummer
		customeremail email externalid buyer client household memberid member userid accountname customername kundenavn kundnamn klantnaam kundenname id`,
	fOrderedAt: `orderedat orderdate invoicedate orderedon purchasedate purchasedat transactiondate saledate salesdate
		postingdate documentdate createdat created createdutc createdateutc dateutc datecreated paiddate paidat bookingdate
		fakturadato ordredato bilagsdato kobsdato salgsdato bogforingsdato dato
		fakturadatum orderdatum inkopsdatum kopdatum bokforingsdatum forsaljningsdatum datum
		fakturadato ordredato kjopsdato bokforingsdato
		factuurdatum orderdatum besteldatum verkoopdatum boekdatum boekingsdatum
		rechnungsdatum bestelldatum auftragsdatum kaufdatum belegdatum buchungsdatum
		date day datetime timestamp time tidspunkt tidpunkt tijdstip zeitpunkt`,
	fLine: `line lineno linenumber lineid linenr orderline orderlineno invoiceline invoicelineno lineitemid itemid position pos rowno rownumber
		linjenr linjenummer linje ordrelinje fakturalinje
		radnr radnummer rad orderrad fakturarad
		regelnummer regelnr regel orderregel factuurregel
		zeile zeilennummer positionsnummer positionsnr`,
	fProduct: `product productno productnumber productid productcode productnr stockcode sku itemno itemnumber itemcode itemnr articleno articlenumber articleid
		lineitemsku materialnumber partno partnumber
		varenr varenummer varekode produktnr produktnummer produktid produktkode vare produkt
		artikelnr artikelnummer artikelkod artikel produktkod
		artikelcode productnummer productcode artikelid
		item article material asin upc ean gtin barcode`,
	fProductName: `productname description productdescription itemname itemdescription lineitemname articlename articledescription producttitle title linedescription
		varetekst varenavn produktnavn produkttekst beskrivelse varebeskrivelse tekst linjetekst
		produktnamn benamning artikelnamn artikelbenamning beskrivning varunamn
		omschrijving artikelomschrijving productnaam artikelnaam productomschrijving
		bezeichnung artikelbezeichnung artikelbeschreibung produktname produktbezeichnung beschreibung artikelname
		text`,
	fCategory: `category productcategory productgroup productcategoryname itemcategory itemcategorycode itemgroup productline producttype department family categoryname
		varegruppe varegrp varekategori produktgruppe produktkategori kategori
		varugrupp produktgrupp artikelgrupp varukategori
		productgroep artikelgroep productcategorie categorie artikelcategorie omzetgroep
		warengruppe artikelgruppe produktgruppe produktkategorie kategorie lineitemvendor`,
	fQuantity: `quantity qty lineitemquantity itemquantity orderedquantity invoicedquantity units pieces pcs numberofitems cds items count
		antal stk maengde mengde antall
		kvantitet st
		aantal hoeveelheid stuks
		menge anzahl stuck stueck`,
	fUnitPrice: `unitprice price lineitemprice priceperunit itemprice unitnetprice unitamount salesprice sellingprice netprice unitpriceexclvat unitpriceexcltax
		pris stkpris stykpris enhedspris salgspris prisprstk nettopris
		apris styckpris enhetspris forsaljningspris stpris
		enhetspris stykkpris salgspris prisperenhet
		prijs stuksprijs eenheidsprijs verkoopprijs prijsperstuk nettoprijs
		preis einzelpreis stuckpreis stueckpreis verkaufspreis nettopreis`,
	fAmount: `amount lineamount linetotal netamount totalnetamount lineamountexclvat amountexclvat amountexcltax linetotalexclvat nettotal invoiceamount orderamount salesamount revenue sales turnover
		belob linjebelob nettobelob belobeksklmoms belobexclmoms belobuds fakturabelob linjesum omsaetning omsatning
		belopp radbelopp nettobelopp beloppexklmoms radsumma fakturabelopp omsattning nettosumma
		belop linjebelop nettobelop belopeksmva belopekslmva fakturabelop omsetning sum
		bedrag regelbedrag nettobedrag bedragexclbtw bedragexbtw factuurbedrag totaalbedrag omzet regeltotaal
		betrag nettobetrag zeilenbetrag rechnungsbetrag gesamtbetrag umsatz positionsbetrag
		value ordervalue ordertotal subtotal amountpaid amountdue totalamount totalprice total summa saldo spend
		ialt totalt totaal gesamt grossamount bruttobelob`,
	fCost: `cost linecost totalcost costamount cogs costofgoods costvalue
		kostpris kostbelob vareforbrug kostprisialt
		kostnad inkopskostnad varukostnad
		varekost kostprisbelop
		kostprijs kosten kostenbedrag inkoopwaarde
		kosten wareneinsatz einstandswert`,
	fListPrice: `listprice catalogprice recommendedprice rrp msrp retailprice grossprice lineitemcompareatprice compareatprice originalprice regularprice
		listepris vejledendepris bruttopris katalogpris
		listpris rekommenderatpris ordinariepris
		veiledendepris
		adviesprijs catalogusprijs lijstprijs brutoprijs
		listenpreis bruttopreis katalogpreis`,
	fDiscount: `discount linediscount discountamount linediscountamount lineitemdiscount rebate
		rabat rabatbelob linjerabat
		rabatt rabattbelopp radrabatt
		rabattbelop linjerabatt
		korting kortingsbedrag regelkorting
		nachlass rabattbetrag`,
	fOffer: `offer offercode campaign campaigncode promotion promotioncode promo promocode coupon couponcode discountcode voucher
		tilbud kampagne kampagnekode rabatkode
		erbjudande kampanj kampanjkod rabattkod
		kampanje kampanjekode
		aanbieding actie actiecode kortingscode
		angebot aktion gutschein gutscheincode rabattcode`,
	fCurrency: `currency currencycode ordercurrency invoicecurrency isocurrency
		valuta valutakode moentsort valutaenhed
		valutakod
		valutacode munt
		wahrung waehrung wahrungscode`,
	fPromisedOn: `promisedon promiseddate promiseddelivery promiseddeliverydate requesteddeliverydate expecteddelivery expecteddeliverydate estimateddelivery
		lovetlevering lovetleveringsdato oensketleveringsdato onsketleveringsdato forventetlevering
		lovatleveransdatum utlovadleverans onskatleveransdatum forvantadleverans
		lovetlevert onsketlevering
		beloofdeleverdatum gewensteleverdatum verwachteleverdatum toegezegdeleverdatum
		zugesagteslieferdatum wunschlieferdatum voraussichtlicheslieferdatum`,
	fDeliveredOn: `deliveredon delivereddate deliverydate actualdeliverydate shippeddate shippedon shipmentdate shipdate fulfilledat dispatchdate
		leveretdato leveringsdato afsendelsesdato leveret
		leveransdatum levererad leveransdag skickad
		leveringsdato levertdato levert
		leverdatum geleverdop leveringsdatum verzenddatum
		lieferdatum geliefertam versanddatum`,
	fCreditOf: `creditof creditedinvoice creditfor originalinvoice originalorder correctsinvoice appliestodocno refundof
		kreditnotafor krediteretfaktura oprindeligfaktura krediterer
		krediteradfaktura ursprungsfaktura krediterar
		kreditertfaktura opprinneligfaktura
		creditvan oorspronkelijkefactuur gecrediteerdefactuur
		gutschriftzu ursprungsrechnung stornozu`,
	fRecordedAt: `recordedat recordedon registeredat enteredat enteredon loadedat bookedat insertedat
		registreretden registreret oprettetden
		registreradden registrerad
		registrertdato registrert
		geregistreerdop vastgelegdop ingevoerdop
		erfasstam`,
	fDocument: `kind documenttype doctype invoicetype ordertype transactiontype invoicekind documentkind type
		bilagstype fakturatype dokumenttype art
		dokumenttyp fakturatyp verifikationstyp
		documentsoort factuursoort factuurtype soort boekingstype
		belegart dokumentart rechnungsart`,
	fStatus: `financialstatus orderstatus status invoicestatus ordrestatus fakturastatus orderstatus bestelstatus factuurstatus bestellstatus`,

	fName: `customername name companyname company accountname billingcompany billingname billtoname selltocustomername fullname
		kundenavn firmanavn navn virksomhed virksomhedsnavn firma
		kundnamn foretagsnamn namn foretag
		klantnaam bedrijfsnaam naam bedrijf debiteurnaam relatienaam
		kundenname firmenname unternehmen
		customer kunde kund klant debiteur debitor relatie`, // beside a column with the number
	fKind:  `kind customertype customerkind type kundetype kundtyp klanttype klantsoort kundentyp kundenart`,
	fEmail: `email customeremail mail emailaddress billingemail epost epostadress epostadresse emailadresse mailadresse emailadres epostadres`,
	fPhone: `phone phonenumber telephone mobile mobilephone billingphone tel telefon telefonnr telefonnummer tlf mobil mobiltelefon telefoon telefoonnummer mobiel`,
	fRegistrationNo: `registrationno registrationnumber companyregistration companyno corporateidentificationnumber
		cvr cvrnr cvrnummer orgnr orgnummer organisationsnummer organisasjonsnummer kvk kvknummer kvknr handelsregisternummer`,
	fVATNo:     `vatno vatnumber vatregistrationno vatid taxid momsnr momsnummer momsregistreringsnummer vatnr btwnummer btwnr ustid ustidnr umsatzsteuerid`,
	fCountry:   `country billingcountry countrycode countryname land landekode landskod landkode landcode shippingcountry`,
	fRegion:    `region billingprovincename billingprovince province state county area lan fylke provincie bundesland kommune`,
	fLanguage:  `language languagecode lang locale sprog sprogkode sprak sprakkod taal taalcode sprache`,
	fSegment:   `segment customersegment customergroup customerclass tier kundegruppe kundesegment kundgrupp kundsegment klantgroep klantsegment kundengruppe`,
	fColleague: `colleague colleagueemail owneremail accountmanager salesperson salesrep salespersoncode owner responsible saelger selger kundeansvarlig ansvarlig saljare kundansvarig verkoper accounthouder vertreter verkaufer betreuer`,
	fSince: `customersince since createdat created createdon createdate datecreated firstseen registered
		kundesiden oprettet kundsedan skapad opprettet klantsinds aangemaakt kundeseit angelegt`,
	fAcquiredBy:      `acquiredby acquisitionchannel leadsource source channel kilde kalla bron quelle`,
	fAcquiredOffer:   `acquiredoffer introoffer welcomeoffer signupoffer`,
	fAcquisitionCost: `acquisitioncost cac acquisitionspend`,
	fPriceList:       `pricelist pricegroup customerpricegroup prisliste prisgruppe prislista prisgrupp prijslijst prijsgroep preisliste preisgruppe`,
	fCaptive:         `captive bunden bundet gebonden`,
	fVIP:             `vip keyaccount noglekunde nyckelkund nokkelkunde`,
	fSurveyOptOut:    `surveyoptout nosurveys`,
	fMarketingOptOut: `marketingoptout nomarketing unsubscribed`,
	fClosedOn:        `closedon closeddate closedat ended lukketden lukket stangd avsluttet gesloten geschlossen`,
	fClosedReason:    `closedreason closereason lukketgrund`,
	fTags:            `tags tag labels label etiketter maerker merker`,
}

// creditWords mark a document, by what its kind column says, as a credit note.
var creditWords = []string{"credit", "kredit", "creditnota", "gutschrift", "storno", "refund", "return", "retur", "retour", "tilbagebetaling", "aterbetalning", "terugbetaling", "cancellation"}

// debtWords mark a bookkeeping of a bad debt, in a kind column or a product text.
var debtWords = []string{"bad debt", "bad_debt", "baddebt", "adjust bad debt", "tab pa debitor", "tab pa debitorer", "kundforlust", "tap pa fordring", "tap pa krav", "oninbaar", "oninbare", "dubieuze debiteur", "forderungsausfall", "uneinbringlich"}

// noSaleWords are the states of an order that came to nothing.
var noSaleWords = []string{"cancelled", "canceled", "failed", "pendingpayment", "voided", "void", "draft", "trash", "checkoutdraft", "abandoned", "annulleret", "annullerad", "annullert", "geannuleerd", "storniert", "kladde", "utkast", "concept", "entwurf", "afbestilt"}

// notGoodsCodes are product codes that are no goods wherever they were seen.
var notGoodsCodes = []string{"POST", "DOT", "M", "D", "S", "B", "C2", "C3", "BANK CHARGES", "AMAZONFEE", "CRUK", "ADJUST", "ADJUST2", "GIFT",
	"FREIGHT", "SHIPPING", "POSTAGE", "FRAGT", "FRAKT", "PORTO", "VERZENDKOSTEN", "VERZENDING", "VERSAND", "FEE", "GEBYR", "AVGIFT", "DISCOUNT", "RABAT", "RABATT", "KORTING", "ROUNDING", "AFRUNDING", "ORESUTJAMNING"}

// notGoodsStarts are beginnings of such codes; digits or an end must follow.
var notGoodsStarts = []string{"TEST", "GIFT_", "GIFTCARD", "ADJUST"}

// notGoodsNames are words that make a product text one of freight, fee,
// discount, voucher or correction, folded; a text counts when one of its words
// is here, or one of the compounds is part of it.
var notGoodsNames = []string{"postage", "freight", "shipping", "carriage", "delivery charge", "handling fee", "fee", "fees", "bank charges", "discount", "manual", "gift voucher", "gift card", "dotcom postage",
	"fragt", "forsendelse", "porto", "gebyr", "ekspeditionsgebyr", "rabat", "gavekort", "afrunding",
	"frakt", "avgift", "expeditionsavgift", "fakturaavgift", "rabatt", "presentkort", "oresutjamning", "oresavrunding",
	"fraktgebyr", "porto og gebyr", "gavekort", "avrunding", "ekspedisjonsgebyr", "fakturagebyr",
	"verzendkosten", "portokosten", "bezorgkosten", "administratiekosten", "toeslag", "korting", "cadeaubon", "afronding", "vrachtkosten",
	"versandkosten", "fracht", "gebuhr", "gutschein", "rundung", "nachlass"}

// shopifyFields replace the synonyms in an orders export of Shopify, whose
// order-level columns are only filled in the first row of each order.
var shopifyFields = map[string]field{
	"name": fOrder, "email": fCustomer, "createdat": fOrderedAt, "lineitemquantity": fQuantity, "lineitemname": fProductName,
	"lineitemprice": fUnitPrice, "lineitemsku": fProduct, "lineitemdiscount": fDiscount, "lineitemcompareatprice": fListPrice,
	"currency": fCurrency, "fulfilledat": fDeliveredOn, "discountcode": fOffer, "financialstatus": fStatus,
	"billingcompany": fName, "billingcountry": fCountry, "billingphone": fPhone, "billingprovincename": fRegion,
}

// months begins the names of months in the six languages, folded.
var months = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "maa": 3, "mrt": 3, "mae": 3, "mrz": 3, "apr": 4, "may": 5, "maj": 5, "mai": 5, "mei": 5,
	"jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "des": 12, "dez": 12,
}

// emptyWords are what people and programs write where they have no value.
var emptyWords = []string{"-", "--", "n/a", "#n/a", "na", "null", "none", "nil", "nan", "\\n", "?", "0000-00-00", "0000-00-00 00:00:00"}
