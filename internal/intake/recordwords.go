package intake

import "strings"

// recordSynonyms are the headers of the tables beside orders and customers, by
// table and column, folded and best first, as in synonyms. What stands behind a
// bar is said of many things: it fills the column of a file whose other headers
// have shown the table, and shows none itself.
func recordSynonyms(table, column string) (telling, general []string) {
	words, rest, _ := strings.Cut(recordWords[table+"."+column], "|")
	return append([]string{fold(column)}, strings.Fields(words)...), strings.Fields(rest)
}

var recordWords = map[string]string{
	"people.person": `personid personno personnr personnumber personnummer contactpersonid contactpersonno kontaktpersonnr kontaktpersonid kontaktpersonnummer
		kontaktpersonsnr kontaktnr contactpersoonid contactpersoonnr contactpersoonnummer persoonid persoon persoonnr ansprechpartnernr ansprechpartnerid
		| contactperson kontaktperson contactpersoon ansprechpartner contactid contact kontakt id externalid`,
	"people.name": `| personname contactname fullname navn fuldenavn fuldtnavn kontaktnavn namn fullstandigtnamn kontaktnamn fulltnavn naam volledigenaam contactnaam name vollstandigername
		firstname lastname fornavn efternavn fornamn efternamn etternavn voornaam achternaam`,
	"people.email": `| emailaddress mail personemail epost epostadress epostadresse emailadresse mailadresse emailadres`,
	"people.phone": `| phonenumber telephone mobile mobilephone tel telefon telefonnr telefonnummer tlf mobil mobiltelefon telefoon telefoonnummer mobiel`,
	"people.role": `jobtitle jobrole jobfunction roleincompany rolle stilling stillingsbetegnelse funktion titel roll befattning arbetsroll stillingstittel funksjon tittel
		rol functie functietitel position stelle | title function job`,
	"people.valid_from": `from since startedon validsince activefrom gyldigfra gaelderfra fra ansatfra giltigfran giltigfrom fran anstalldfran gjelderfra ansattfra
		geldigvanaf vanaf indienstvanaf gultigab gultigvon seit | start startdate`,
	"people.valid_to": `to until leftthecompany endedon validuntil activeto gyldigtil gaeldertil til fratradt giltigtill giltigtom till slutade gjeldertil sluttet
		geldigtot tot uitdienst gultigbis bis | end enddate`,
	"people.email_status": `mailstatus emailstate bouncestatus emailbounce epoststatus mailtilstand emailstatuscode emailzustand | bounced bounce`,

	"invoices.invoice": `invoiceno invoicenumber invoicenr invoiceid invno fakturanr fakturanummer faktura fakturaid factuurnummer factuurnr factuur factuurid
		rechnungsnummer rechnungsnr rechnung bilagsnr bilagsnummer verifikationsnummer belegnummer
		| documentno documentnumber docno document voucher number nummer id nr`,
	"invoices.due_on": `duedate due dueat paymentdue paymentduedate paydate forfaldsdato forfald forfalder betalingsfrist sidstebetalingsdag sidsterettidigebetalingsdag
		forfallodatum forfallodag forfaller forfallsdato forfall betalasenast vervaldatum vervaldag vervalt betalenvoor uiterstebetaaldatum falligam falligkeit falligkeitsdatum zahlungsziel`,
	"invoices.paid_on": `paiddate paidat paid paymentdate settleddate settledon clearedon cleareddate betalt betaltden betalingsdato betaltdato betalningsdatum betald betaldden
		betaldatum betaaldatum betaaldop betaald betalingsdatum bezahltam bezahlt zahlungsdatum zahldatum`,
	"invoices.amount":   `| invoiceamount total totalamount grossamount netamount fakturabelob belob fakturabelopp belopp belop fakturabelop factuurbedrag bedrag rechnungsbetrag betrag sum summa totaal ialt totalt value`,
	"invoices.disputed": `dispute indispute contested omtvistet bestridt indsigelse reklameret tvist bestridd omstridd bestridd omstridt betwist indiscussie strittig bestritten beanstandet`,

	"contracts.contract": `contractno contractnumber contractid contractnr agreement agreementno agreementid agreementnumber subscription subscriptionid subscriptionno
		kontrakt kontraktnr kontraktnummer kontraktid aftale aftalenr aftalenummer aftaleid abonnement abonnementsnr abonnementnr
		avtal avtalsnr avtalsnummer avtalsid kontraktsnr abonnemang abonnemangsnr avtale avtalenr avtalenummer avtaleid
		contractnummer overeenkomst overeenkomstnr overeenkomstnummer abonnementsnummer vertrag vertragsnr vertragsnummer vertragsid abo | id number nummer nr`,
	"contracts.product": `| productno productname productid item article plan service produkt produktnr vare varenr ydelse tjanst artikel artikelnr tjeneste dienst leistung`,
	"contracts.starts_on": `contractstart periodstart periodefra kontraktstart aftalestart avtalsstart avtalestart contractstartdatum vertragsbeginn lobetidfra
		| startdate start startson startsat begins begin from validfrom startdato fra gyldigfra starter startdatum fran giltigfran borjar ingangsdatum begindatum vanaf beginn startet ab von gultigab`,
	"contracts.ends_on": `contractend periodend periodetil kontraktslut kontraktudlob udlober udlobsdato udlob avtalsslut loperut utlopsdatum utloper utlopsdato
		contracteinddatum afloopdatum loopttot vertragsende lauftbis expires expireson expirydate expirationdate renewaldate renewson fornyes fornyelsesdato fornyas
		| enddate end ends to until slutdato slut sluttdato til slutdatum till tom einddatum tot enddatum bis`,
	"contracts.notice_days": `noticeperiod noticeperioddays notice opsigelsesdage opsigelsesvarsel opsigelse opsigelsesfrist varseldage uppsagningstid uppsagningsdagar
		oppsigelsestid oppsigelsesdager oppsigelsesfrist opzegtermijn opzegdagen opzegtermijndagen kundigungsfrist kundigungsfristtage`,
	"contracts.auto_renew": `autorenewal autorenews automaticrenewal renewsautomatically automatiskfornyelse fornyesautomatisk autofornyelse autofornyes automatiskfornyning
		fornyasautomatiskt autoforlangning forlangsautomatiskt automatiskforlengelse automatischeverlenging autoverlenging stilzwijgendeverlenging automatischeverlangerung verlangertautomatisch`,
	"contracts.price": `| amount fee rate contractvalue value pris belob afgift belopp belop prijs bedrag tarief preis betrag entgelt`,
	"contracts.period": `billingperiod billinginterval priceperiod paymentperiod faktureringsperiode betalingsperiode prisperiode faktureringsintervall betalningsperiod
		facturatieperiode betaalperiode abrechnungszeitraum zahlungsperiode | interval frequency cycle periode termin periodicitet intervall zeitraum`,
	"contracts.intro_until": `introductoryuntil introends intropriceuntil introto introtil introperiodetil introprisintil introtilbudtil introslut introtill introprislut introtom intropristil
		introtot introductietot introprijstot introbis einfuhrungbis einfuhrungspreisbis trialends promountil`,
	"contracts.ended_on": `terminatedon terminationdate cancelledon canceledon cancellationdate cancelledat opsagtden opsagt ophort ophortden uppsagd uppsagdden avslutad avslutat
		oppsagt oppsagtdato avsluttet beeindigd beeindigdop opgezegd opgezegdop gekundigtam gekundigt beendetam`,

	"contacts.contact": `contactno contactid contactnr activity activityid activityno interaction interactionid touch touchid call callid callno meetingid visitid messageid
		kontakt kontaktid kontaktnr kontaktnummer aktivitet aktivitetsid aktivitetsnr aktivitetid henvendelse henvendelsesnr henvendelsesid samtaleid opkaldsid
		kontaktidentitet handelse handelseid samtalsid hendelse hendelseid henvendelseid contactmoment contactmomentid contactnummer activiteit activiteitid interactie
		kontaktnr vorgang aktivitat aktivitatid | id number nummer nr`,
	"contacts.at": `contactedat contactedon contactdate contacttime calledat sentat activitydate interactiondate happenedat occurredat kontaktdato kontakttidspunkt kontaktet
		kontaktdatum kontakttid kontaktad kontaktet contactdatum contacttijdstip gecontacteerdop kontaktzeitpunkt kontaktiertam
		| date datetime timestamp time on day tidspunkt dato tid datum tidpunkt tijdstip tijd zeitpunkt zeit createdat created`,
	"contacts.direction": `inout inorout inboundoutbound retning indud indellerud riktning inut retningen innut richting inuit uitin richtung einaus eingangausgang`,
	"contacts.channel":   `| type medium kanal kontakttype contacttype contactform kontaktform activitytype aktivitetstype typ kanaal soort contactsoort art kind`,
	"contacts.colleague": `| colleagueemail owner employee by agent salesperson rep medarbejder kollega saelger sagsbehandler ansvarlig medarbetare saljare ansvarig medarbeider selger
		medewerker collega verkoper mitarbeiter kollege verkaufer user`,
	"contacts.person":     `| personid contactperson kontaktperson contactpersonid kontaktpersonid personemail contactpersoon persoon ansprechpartner with med hos met`,
	"contacts.replied_at": `repliedon replyat replydate replytime answeredat respondedat responsetime responseat besvaret besvaretden svartidspunkt svaret besvarad besvarades svarad svarat besvart svart svardato svarttidspunkt beantwoord beantwoordop antwoorddatum reactieop beantwortetam beantwortet antwortam`,
	"contacts.text": `| note notes comment comments body message content subject summary description tekst bemaerkning kommentar referat besked indhold emne notat beskrivelse text anteckning meddelande amne innehall
		merknad melding innhold opmerking notitie bericht inhoud onderwerp omschrijving bemerkung notiz nachricht betreff`,

	"tickets.ticket": `ticketno ticketid ticketnr ticketnumber case caseid caseno casenumber issueid supportcase supportticket incident incidentid complaintid
		sag sagsnr sagsnummer sagsid sagid supportsag henvendelsesnr reklamationsnr klagenr arende arendenr arendenummer arendeid supportarende
		sak saksnr saksnummer saksid supportsak zaak zaaknummer zaaknr zaakid melding meldingnr meldingsnummer klachtnr klachtnummer
		vorgangsnr vorgangsnummer fallnr fallnummer supportfall ticketnummer | id number nummer nr`,
	"tickets.opened_at": `openedon opened opendate opendatetime reportedat reportedon raisedat submittedat oprettetden aabnet abnet aabnetden abnetden modtaget modtagetden
		oppnad oppnades oppnat inkom inkommen apnet apnetdato mottatt mottattdato geopend geopendop gemeldop ontvangen ontvangenop eroffnet eroffnetam eingegangenam gemeldetam
		| createdat created createdon createdate createddate date oprettet dato skapad datum opprettet aangemaakt aangemaaktop erstelltam erstellt at`,
	"tickets.first_reply_at": `firstreply firstreplyon firstresponse firstresponseat firstresponsetime firstanswerat firstrespondedat repliedat respondedat forstesvar forstesvarden forstsvaret besvaret
		forstasvar forstasvaret forstesvarat besvarad besvart eersteantwoord eersteantwoordop eerstereactie eerstereactieop beantwoord beantwoordop ersteantwort ersteantwortam beantwortetam`,
	"tickets.closed_at": `closedon closed closeddate solvedat solvedon solved resolvedat resolvedon resolved completedat lukket lukketden afsluttet afsluttetden lost lostden
		stangd stangdes stangt avslutad avslutades avsluttet avsluttetdato lukketdato gesloten geslotenop opgelost opgelostop afgesloten afgehandeldop geschlossen geschlossenam gelostam erledigtam`,
	"tickets.reopened": `reopens reopencount timesreopened reopenings genaabnet genabnet genaabninger genabninger genaabnetantal ateroppnad ateroppnat ateroppnanden ateroppningar
		gjenapnet gjenapninger heropend heropeningen aantalheropend wiedereroffnet wiedereroffnungen`,
	"tickets.touchpoint": touchpointHeaders,
	"tickets.priority":   `| prioritet prioritaet prioritat prioriteit urgency severity hast haster urgentie dringlichkeit`,
	"tickets.complaint":  `iscomplaint klage reklamation erklage erreklamation klagomal arklagomal erklage reklamasjon klacht isklacht beschwerde istbeschwerde`,
	"tickets.promise_hours": `promisedhours slahours sla responsehours promisedresponsehours lovedetimer svarfrist svarfristtimer svartidtimer utlovadetimmar lovadetimmar svarstidtimmar lovetimer
		lovedetimer lovettimer beloofdeuren responsuren reactietermijn reactietijduren zugesagtestunden slastunden`,
	"tickets.channel": `| source via medium kanal kanaal kilde kalla bron quelle`,
	"tickets.subject": `| title topic summary emne overskrift titel amne rubrik tittel onderwerp betreff thema`,
	"tickets.text":    `| description body message content note comment tekst beskrivelse besked indhold beskrivning meddelande innehall innhold melding omschrijving bericht inhoud beschreibung nachricht inhalt text`,

	"promises.promise": `promiseno promiseid promisenr commitment commitmentid loefte lofte loftenr lofteid loftenummer lofteid loften belofte belofteid beloftenr beloftenummer toezegging toezeggingid toezeggingnr
		zusage zusageid zusagenr versprechen loftesnr | id number nummer nr`,
	"promises.made_at": `madeon promisedat promisedonday givenat givenon lovetden givetden afgivet afgivetden lovadden lovades gavs givetav gittden gitt lovetdato beloofdop toegezegdop gemaaktop gegevenop zugesagtam gegebenam
		| made date createdat created given lovet dato oprettet lovad datum skapad opprettet beloofd gedaan aangemaakt at`,
	"promises.due_at": `dueon promisedfor promisedby promiseddate senest forfalderden holdessenest frist forfalder deadline senast forfaller infriassenast forfallsdato innen uiterlijk vervaltop vervaldatum
		zufallig falligam fallig spatestens | due duedate by until forfald forfaldsdato forfallodatum voor bis`,
	"promises.kept_at": `kepton kept fulfilledat fulfilledon fulfilled doneat doneon completedat completedon holdt holdtden indfriet indfrietden opfyldt hallet hallits infriad infriades uppfyllt uppfylld holdtdato
		innfridd innfriddden oppfylt nagekomen nagekomenop vervuld vervuldop ingelost gehalten gehaltenam eingehalten erfulltam erledigtam`,
	"promises.text":      `| what description note content promisetext tekst hvad beskrivelse vad beskrivning hva wat omschrijving inhoud was beschreibung`,
	"promises.kind":      `| type category art typ kategori soort categorie slags kategorie`,
	"promises.colleague": `| madeby promisedby owner by givenby employee medarbejder lovetaf givetaf kollega ansvarlig lovadav ansvarig lovetav medarbetare medarbeider medewerker collega beloofddoor door mitarbeiter von`,

	"answers.answer": `answerno recordid submissionid respondentid requestid answerid answernr response responseid responseno surveyresponse surveyanswer besvarelse besvarelsesid besvarelsesnr svar svarid svarnr svarnummer enkatsvar
		antwoord antwoordid antwoordnr respons responsid reactieid antwort antwortid antwortnr | id number nummer nr`,
	"answers.answered_at": `answeredon responsecreatedat responsecreated responsereceivedat submitdate submitdateutc completiontime completed completedon ratedat recordeddate dateanswered responsetime
		tidsstempel mailtidspunkt fuldforelsestidspunkt fuldfortden tidsstampel tidstampel slutforandetid tidsmerke fullforingstidspunkt tijdstempel tijdvanvoltooien zeitstempel abschlusszeit answeredon answerdate responsedate respondedat respondedon submittedat completedat besvaret besvaretden svardato svaretden svarat besvarad besvarades svarsdatum svarade
		besvart besvartdato svartden beantwoord beantwoordop antwoorddatum beantwortetam antwortdatum | enddate endtime date at createdat created at dato datum tidspunkt tidpunkt tijdstip timestamp`,
	"answers.asked_at": `requestsentat surveysentat surveycreatedat scheduledat emailsentat askedon asked sentat senton invitedat invitedon surveysent spurgt spurgtden sendt sendtden inviteret fragad fragades tillfragad skickad skickades spurt spurtden invitert
		gevraagd gevraagdop verstuurd verstuurdop uitgenodigd gefragtam versandtam eingeladenam`,
	"answers.item": `surveytype feedbacktype scoretype metrictype sporgeskematype enkattyp sporreskjematype enquetetype question questionid questionkey surveyitem sporgsmal spoergsmaal sporgsmaal fraga fragan sporsmal vraag frage | metric measure key emne punkt kpi onderwerp`,
	"answers.value": `score rating answervalue karakter bedommelse pointtal betyg poang vurdering poeng waarde cijfer beoordeling bewertung note punkte wert
		| vaerdi verdi varde point number result resultat svar`,
	"answers.scale_max":  `scale scalemaximum maxscore maxvalue maximum skala skalamax skalamaks maks maksimum maxbetyg skalamaximum schaal schaalmax maximumscore hoogstescore skalenmaximum hochstwert | max outof af av van`,
	"answers.touchpoint": touchpointHeaders,
	"answers.text":       `comment comments feedback feedbackcomment satisfactioncomment npscomment followup followupresponse reasonforscore answertext verbatim freetext kommentar bemaerkning fritekst fritext kommentaren merknad opmerking toelichting vrijetekst anmerkung freitext kommentartext | response note tekst text`,

	"answers.satisfaction": `csat csatscore satisfactionscore satisfactionrating customersatisfaction overallsatisfaction starrating tilfredshed kundetilfredshed samlettilfredshed tilfredshedsscore nojdhet kundnojdhet nki
		tilfredshet kundetilfredshet tevredenheid klanttevredenheid tevredenheidsscore zufriedenheit kundenzufriedenheit tyytyvaisyys asiakastyytyvaisyys | overall satisfied`,
	"answers.repurchase": `repurchaseintention buyagain wouldbuyagain genkob genkobsintention aterkop gjenkjop herhaalaankoop wiederkauf uudelleenosto`,
	"answers.recommend": `nps npsscore npsrating npsresponse netpromoterscore netpromoter likelihoodtorecommend recommendation recommendationscore anbefaling anbefale anbefalingsscore rekommendation rekommendera npsvarde
		anbefaling aanbeveling aanbevelen weiterempfehlung suosittelu`,
	"answers.effort":        `ces cesscore customereffort customereffortscore effortscore kundeindsats kundanstrangning kundeinnsats klantinspanning kundenaufwand`,
	"answers.easy":          `| nem let nemt lett latt gemakkelijk makkelijk leicht helppo`,
	"answers.simple":        `| simplicity enkel enkelt simpelt enkelhet eenvoudig einfach yksinkertainen`,
	"answers.safe":          `| secure safety trust tryg tryghed trygg trygghet veilig vertrouwd sicher turvallinen`,
	"answers.flexible":      `| flexibility fleksibel fleksibilitet flexibel flexibilitet flexibiliteit flexibilitat joustava`,
	"answers.accommodating": `| obliging imodekommende tillmotesgaende imotekommende tegemoetkomend entgegenkommend`,
	"answers.understanding": `| forstaende forstaelse forstaaelse begripvol verstandnisvoll ymmartava`,
	"answers.professional":  `| professionalism professionel professionell profesjonell professioneel ammattimainen`,
	"answers.fast":          `| speed quick hurtig hurtighed snabb snabbhet rask snel snelheid schnell nopea`,
	"answers.results":       `| goodresults goderesultater bragtresultat braresultat goederesultaten guteergebnisse`,
	"answers.why":           `whyscore hvorfor varfor waarom warum miksi | why reason begrundelse aarsag orsak grunn reden grund`,

	"quotes.quote": `quoteno quoteid quotenr quotenumber quotation quotationid quotationno quotationnumber proposal proposalid proposalno estimate estimateno
		tilbudsnr tilbudsnummer tilbudsid tilbudid offertnr offertnummer offertid offert offertenummer offertenr offerteid offerte tilbudnr tilbudsnummer
		angebotsnr angebotsnummer angebotsid | offer offerid tilbud angebot id number nummer nr`,
	"quotes.at": `quotedat quotedon quotedate sentat senton offeredat offeredon tilbudsdato tilbudtden tilbudt sendtden offertdatum offererades skickad tilbudtdato tilbudsdato offertedatum geoffreerdop verstuurdop angebotsdatum angebotenam
		| date datetime timestamp created createdat dato datum tidspunkt tidpunkt tijdstip zeitpunkt opprettet oprettet skapad aangemaakt`,
	"quotes.amount": `| quoteamount value total totalamount belob tilbudssum tilbudsbelob belopp offertbelopp belop sum summa bedrag totaal offertebedrag betrag angebotssumme price pris`,
	"quotes.won_at": `wonon won acceptedat acceptedon accepted closedwon orderedat vundet vundetden accepteret accepteretden vunnen vunnit vanns accepterad accepterades vunnet vunnetdato akseptert akseptertden
		gewonnen gewonnenop geaccepteerd geaccepteerdop akkoordop gewonnenam angenommenam`,

	"losses.left_on": `leftat left leavingdate lossdate loston lostat lostdate churnedon churndate churned customeruntil stoppedon forladtden forlodden forladt stoppet stoppetden tabt tabtden tabsdato ophort afgang kundetil ophorsdato
		lamnade lamnat lamnadeden forlorad forlorades slutade slutat tappad tappades kundtill forlotden forlot tapt taptdato sluttet sluttetden
		vertrokken vertrokkenop vertrekdatum verlorenop verloren gestopt gestoptop klanttot verlorenam abgewandert abgewandertam weggegangenam | date dato datum endedon enddate`,
	"losses.reason": `leavingreason lossreason churnreason lostreason whyleft arsag aarsag tabsarsag grund begrundelse hvorfor orsak anledning skal varfor arsak grunn
		reden vertrekreden oorzaak waarom abwanderungsgrund warum | why cause`,
	"losses.detail": `reasondetail details uddybning forklaring detalje detaljer forklaring utdypning fordjupning beskrivning toelichting uitleg einzelheiten erlauterung
		| note notes comment text explanation bemaerkning kommentar tekst beskrivelse opmerking omschrijving bemerkung`,
	"losses.competitor": `wentto lostto konkurrent gaettil nyleverandor konkurrenten gattill nyleverantor konkurrenten gattil concurrent concurrentie nieuweleverancier wettbewerber mitbewerber | supplier leverandor`,
	"losses.said_by":    `saidby toldby reasonby oplystaf sagtaf fortaltaf sagtav uppgivetav fortalltav opplystav gezegddoor verteldoor volgens gesagtvon angegebenvon | by source kilde kalla bron quelle`,
	"losses.won_back_on": `wonback wonbackat returnedon returned cameback recoveredon vundettilbage vundettilbageden tilbagevundet vendttilbage atervunnen atervanns tillbakavunnen kombakten kometilbake vunnettilbake
		teruggewonnen teruggewonnenop zuruckgewonnen zuruckgewonnenam`,

	"efforts.month":  `spendmonth maaned maned manad maand monat | period periode date dato datum`,
	"efforts.aim":    `effortaim spendaim target formal formaal sigte rettetmod syfte mal andamal hensikt formalet doel gericht zweck ziel | kind type purpose customertype kundetype kundtyp klanttype for aimedat slags typ soort art`,
	"efforts.amount": `| spend spent cost costs budget value belob udgift udgifter omkostning kostnad belopp utgift belop kostnader bedrag kosten uitgaven betrag ausgaben total sum`,
	"efforts.hours":  `hoursspent timespent timer tidsforbrug timeforbrug timmar tidsatgang tidsbruk uren bestedeuren stunden | time tid tijd zeit`,
	"efforts.what":   `activity campaign category aktivitet hvad indsats kampagne kategori vad insats kampanj hva tiltak kampanje wat activiteit campagne categorie was massnahme kampagne | description note text beskrivelse tekst`,

	"colleagues.colleague": `colleagueemail employee employeeemail employeeid staff staffid medarbejder medarbejdermail kollega medarbetare medarbeider ansatt anstalld medewerker collega werknemer mitarbeiter kollege
		| email mail epost emailaddress emailadresse emailadres salesperson saelger saljare selger verkoper id user`,
	"colleagues.name": `| fullname employeename navn medarbejdernavn namn naam medewerkernaam mitarbeitername`,
	"colleagues.team": `teamname afdeling hold avdelning grupp avdeling gruppe afdelingsnavn ploeg abteilung | department group unit enhed enhet groep einheit`,
	"colleagues.hours_per_week": `weeklyhours hoursweek hoursaweek hoursperweek ugentligetimer timerprugeuge timerpruge timerugentligt timmarpervecka veckotimmar timmarvecka timerperuke ukentligetimer timeriuka
		urenperweek wekelijkseuren weekuren stundenprowoche wochenstunden | hours timer timmar uren stunden`,
}

const touchpointHeaders = `touch contactpunkt kontaktpunkt beroringspunkt beroringspunkter beroringspunkter contactpunt raakpunt kontaktpunkter beruhrungspunkt | phase stage area fase omrade omraade fas gebied phase bereich`
