package intake

import (
	"slices"
	"strings"

	"behold"
)

// valueWords are the words of closed lists as people and programs write them,
// by column: first the word that is kept, after the sign of equality what
// stands for it, folded, in English, Danish, Swedish, Norwegian, Dutch and
// German. The word itself always counts.
var valueWords = map[string]string{
	"email_status": `
ok = valid active delivered working good gyldig aktiv virker giltig fungerar virker geldig werkt actief gultig aktiv
bounced = bounce invalid hardbounce softbounce failed dead undeliverable afvist ugyldig retur returneret avvisad ogiltig studsade avvist returnert geweigerd ongeldig teruggekomen onbestelbaar unzustellbar ungultig
unknown = unverified ukendt okand ukjent onbekend unbekannt`,
	"period": `
month = monthly permonth months mdr maaned maned manedlig manedligt prmaned permaned manad manatlig manadsvis permanad maned manedlig permaned maand maandelijks permaand pm monat monatlich
quarter = quarterly perquarter q kvartal kvartalsvis prkvartal perkvartal kwartaal perkwartaal quartal vierteljahrlich
year = yearly annual annually peryear years ar aar arlig arligt arlige prar arsvis perar arlig jaar jaarlijks perjaar jahr jahrlich
week = weekly perweek weeks uge ugentlig ugentligt pruge vecka veckovis pervecka uke ukentlig peruke week wekelijks perweek woche wochentlich`,
	"direction": `
in = inbound incoming received i ind indgaende indgaaende indkommende modtaget inkommande ingaende mottaget inn innkommende inngaende mottatt inkomend binnenkomend ontvangen binnen eingehend ein eingang empfangen fromcustomer frakunde
out = outbound outgoing sent o ud udgaende udgaaende sendt ut utgaende utgaaende skickat utgaande uitgaand uit verzonden verstuurd ausgehend aus ausgang gesendet tocustomer tilkunde`,
	"channel": `
visit = visits meeting inperson onsite appointment besog besoeg mode moede kundebesog kundemode besok kundbesok mote kundemote bezoek klantbezoek afspraak vergadering besuch kundenbesuch termin
call = calls phone phonecall telephone telefon tel opkald opringning telefonopkald samtale telefonsamtale ring samtal telefonsamtal uppringning oppringning anrop telefonoppringning telefoon telefoongesprek belletje gebeld gesprek anruf telefonat
mail = email emails mails epost letter post brev ebrev mejl epostmelding brief emailbericht
chat = livechat sms message whatsapp messenger textmessage besked direktchat beskjed chatt chatbericht nachricht
event = events fair tradefair exhibition seminar webinar arrangement messe begivenhed massa evenemang handelse arrangemang messe hendelse beurs evenement bijeenkomst veranstaltung
newsletter = newsletters mailing campaign bulkmail nyhedsbrev nyhetsbrev nyhetsmejl nieuwsbrief rundschreiben kampagne kampanj kampanje
automatic = auto automated automation system autoreply noreply automatisk autosvar automatiskt automatisch systeem`,
	"touchpoint": `
attention = care contact opmaerksomhed omsorg kontakt uppmarksamhet omtanke oppmerksomhet omtanke aandacht aufmerksamkeit betreuung
advice = advising consultation consulting presale presales radgivning vejledning radgivning veiledning advies beratung
purchase = buying order ordering sale sales checkout kob koeb bestilling salg kop bestallning forsaljning kjop bestilling salg aankoop koop bestelling verkoop kauf einkauf bestellung verkauf
delivery = shipping shipment logistics levering leverance fragt leverans frakt leveranse bezorging verzending lieferung versand
billing = invoice invoicing payment payments fakturering faktura betaling regning fakturering betalning facturering factuur betaling rechnung abrechnung zahlung
aftercare = aftersales aftersale support service warranty eftersalg eftermarked opfolgning efterpleje eftermarknad eftervard uppfoljning kundeservice kundtjanst ettersalg ettermarked oppfolging nazorg garantie klantenservice nachsorge kundendienst`,
	"item": `
satisfaction = satisfied csat overall overallsatisfaction tilfredshed samlettilfredshed tilfreds nojdhet nojd kundnojdhet tilfredshet fornoyd tevredenheid tevreden zufriedenheit
repurchase = buyagain repurchaseintention wouldbuyagain genkob genkoeb kobigen kobeigen aterkop kopaigen kopeigen gjenkjop kjopeigen herhaalaankoop opnieuwkopen wiederkauf
recommend = nps recommendation wouldrecommend netpromoter likelihoodtorecommend anbefale anbefaling anbefaler rekommendera rekommendation aanbevelen aanbeveling empfehlung weiterempfehlung empfehlen
effort = ces customereffort indsats besvaer besvar anstrangning moda anstrengelse innsats inspanning moeite aufwand muhe
easy = ease easytodealwith nem let nemt lett latt latthet enkelatthandla enkelahandle lettvint gemakkelijk makkelijk leicht einfachheit
simple = simplicity enkel enkelt simpelt enkelhet eenvoudig einfach
safe = safety secure trust tryg trygt tryghed trygg trygghet saker trygghet veilig vertrouwd veiligheid sicher sicherheit
flexible = flexibility fleksibel fleksibilitet flexibel flexibilitet fleksibel flexibiliteit flexibilitat
accommodating = obliging helpful imodekommende imoedekommende tillmotesgaende hjalpsam imotekommende tegemoetkomend behulpzaam entgegenkommend
understanding = understood forstaelse forstaende forstaelse forstar begrip begripvol verstandnis
professional = professionalism professionel faglig professionell kompetent profesjonell professioneel deskundig
fast = speed quick quickness hurtig hurtigt hurtighed snabb snabbt snabbhet rask hurtig snel snelheid schnell schnelligkeit
results = result outcome resultater resultat resultaten resultaat ergebnisse ergebnis
why = reason comment because whyscore hvorfor varfor waarom warum grund arsag begrundelse orsak`,
	"said_by": `
customer = thecustomer buyer client kunde kunden kund klant deklant
colleague = staff employee us we salesperson medarbejder kollega saelger os vi medarbetare saljare medarbeider ansatt selger medewerker collega verkoper wij mitarbeiter kollege verkaufer`,
	"aim": `
new = newcustomer newcustomers acquisition acquire ny nye nyekunder nyekunde nyt nya nyakunder kundanskaffning nyttkunder nyekunder nieuw nieuwe nieuweklanten acquisitie neu neue neukunden neukunde
existing = existingcustomer existingcustomers retention current loyalty eksisterende eksisterendekunder nuvaerende bestaende fastholdelse befintlig befintliga befintligakunder nuvarande eksisterendekunder eksisterendekunde bestaand bestaande bestaandeklanten behoud bestand bestandskunden bestehende bestehendekunden`,
	"reason": `
poor_service = s1 badservice service darligservice darligkundeservice bristandekundservice daligservice slechteservice slechterservice schlechterservice
quality = s2 poorquality badquality kvalitet darligkvalitet kvalitetpaproduktellerydelse kvalitetpaproduktellertjanst daligkvalitet kwaliteit slechtekwaliteit kwaliteitvanproductofdienst kvalitetpaproduktellertjeneste qualityofproductorservice qualitat
hard_to_deal_with = s3 difficult hassle besvaerligeathandlemed besvaerlig besvaerlige krangligaatthaattgoramed kranglig krangliga lastigomzakenmeetedoen lastig tungvinteahandlemed tungvint tungvinte umstandlich
slow_response = s4 slow slowreply slowanswer langsomtsvar langsom langsammasvar langsam tragereactie traag tregtsvar treg langsameantwort
overlooked = r1 neglected ignored overset overladttilsigselv oversethorersjaeldentfraos forsummad forsummadhorsallanfranoss verwaarloosd verwaarloosdhoortzeldenietsvanons oversett oversetthorersjeldenfraoss overlookedseldomhearsfromus vernachlassigt
needs_not_understood = r2 notunderstood behovikkeforstaet behovinteforstadda behoeftennietbegrepen behovikkeforstatt bedarfnichtverstanden
broken_promise = r3 brokenpromises brudtlofte brudteloefter brudteloefte brutetlofte brutnaloften beloftenietnagekomen gebrokenbelofte bruttlofte gebrochenesversprechen
values = r4 ethics valuesorethics vaerdier etik vaerdierelleretik varderingar varderingarelleretik waarden ethiek waardenofethiek verdier etikk verdierelleretikk werte ethik
irrelevant = c1 irrelevantcommunication irrelevantkommunikation irrelevantecommunicatie irrelevantkommunikasjon irrelevantekommunikation
misleading = c2 misleadingmarketing unclearormisleadingmarketing vildledende uklarellervildledendemarkedsforing vilseledande otydligellervilseledandemarknadsforing misleidend onduidelijkeofmisleidendemarketing villedende uklarellervilledendemarkedsforing irrefuhrend
forgotten = c3 forgottenatthenextpurchase glemt glemtvednaestekob bortglomd glomd bortglomdvidnastakop vergeten vergetenbijdevolgendeaankoop glemtvednestekjop vergessen
competitor = k1 competition wenttoacompetitor switched konkurrent konkurrence gaettilenkonkurrent gatttillenkonkurrent konkurrens concurrent naareenconcurrent concurrentie gatttilenkonkurrent konkurranse wettbewerber konkurrenz
something_new = k2 temptedbysomethingnew fristetafnogetnyt nogetnyt lockadavnagotnytt nagotnytt verleiddoorietsnieuws ietsnieuws fristetavnoenytt noenytt
treated_worse = k3 unfair treatedworsethanothers darligerebehandlet darligerebehandletendandre samrebehandlad samrebehandladanandra achtergesteld achtergesteldbijanderen darligerebehandletennandre schlechterbehandelt
intro_offer = k4 introoffer camonlyfortheintrooffer introtilbud komkunforintrotilbuddet introerbjudande kombaraforintroerbjudandet introductieaanbieding kwamalleenvoordeintroductieaanbieding kombareforintrotilbudet einfuhrungsangebot
needs_changed = n1 changedneeds needstasteorlifesituationchanged aendredebehov aendredebehovsmagellerlivssituation andradebehov forandradebehov andradebehovsmakellerlivssituation veranderdebehoefte veranderdebehoeften behoeftesmaakoflevenssituatieveranderd endredebehov endredebehovsmakellerlivssituasjon geanderterbedarf
digital = n2 digitalexpectationsnotmet digitaleforventningerikkeindfriet digitalaforvantningarinteuppfyllda digitaleverwachtingennietwaargemaakt digitaleforventningerikkeinnfridd
person_changed = n3 newcontactperson newcontactpersonororganisation nykontaktperson nykontaktpersonellerorganisation nieuwecontactpersoon nieuwecontactpersoonoforganisatie nykontaktpersonellerorganisasjon neueransprechpartner
closed = u1 closeddown died bankrupt bankruptcy diedclosedorbankrupt lukket konkurs dod dodlukketellerkonkurs ophort nedlagd avliden avlidennedlagdellerikonkurs stangd gestopt failliet overleden overledengestoptoffailliet nedlagt dodnedlagtellerkonkurs insolvent geschlossen verstorben
moved = u2 movedaway relocated flyttet flyttat verhuisd umgezogen
unknown = x0 unknownreason notknown dontknow ukendt vedikke okand vetinte onbekend weetniet ukjent vetikke unbekannt`,
}

// wordsOf gives what stands for each word of a column: folded spelling to word.
// Of a spelling that stands twice the first word counts.
func wordsOf(c behold.Column) map[string]string {
	out := map[string]string{}
	for _, w := range c.Words {
		out[fold(w)] = w
	}
	for _, line := range strings.Split(valueWords[c.Name], "\n") {
		word, spellings, _ := strings.Cut(line, " = ")
		if !slices.Contains(c.Words, word) {
			continue
		}
		for _, s := range strings.Fields(spellings) {
			if out[s] == "" {
				out[s] = word
			}
		}
	}
	return out
}

// yesWords and noWords are what stands in a column of yes and no, folded.
var (
	yesWords = []string{"yes", "y", "true", "t", "1", "x", "ja", "j", "jo", "wahr", "waar", "sand", "sant", "on"}
	noWords  = []string{"no", "n", "false", "f", "0", "nej", "nei", "nee", "nein", "falsch", "onwaar", "falsk", "falskt", "usand", "usant", "off"}
)
