package sample

import "behold"

// A trace is what a cause leaves in the company's own tables while it is at
// work. Shares are added to (or taken from) what is usual for the customer at
// full strength; zero means that the cause does not show there.
type trace struct {
	basket    float64 // share by which quantities fall
	rate      float64 // share by which orders become rarer
	category  bool    // one favourite category is no longer bought
	durable   bool    // that category is the one replaced once or twice a year
	returns   float64 // chance that an order is credited in part
	late      float64 // chance that a delivery is late
	dear      float64 // share paid above the own price level
	neglect   float64 // share of personal contacts that no longer happen
	mailing   float64 // newsletters a month
	inbound   float64 // calls and mails from the customer a month
	tickets   float64 // tickets a month
	complaint float64 // share of tickets that are complaints
	reply     float64 // first replies take this many times longer, on top
	reopened  float64 // chance that a ticket is reopened
	broken    float64 // promises a month that are not kept
	unhappy   float64 // points lost of 5 in satisfaction
	hard      float64 // points lost of 7 in effort
	disloyal  float64 // points lost of 10 in recommendation
	hush      float64 // share of answers no longer given
	quotes    float64 // quotes a month that nobody answers
	disputed  float64 // chance that an invoice is disputed
	overdue   float64 // days that payments come later
	leavesJob bool    // the contact person leaves

	items       []string // of the nine wishes, those that are rated low
	touchpoint  string
	channel     string   // of the tickets; empty: any
	says        []string // what the customer writes
	whichGround string   // closed_reason in the register
}

// traceOf is the whole knowledge about what each cause leaves behind.
func traceOf(r behold.Reason) trace {
	switch r.Family() {
	case behold.FamilyService:
		return serviceTrace(r)
	case behold.FamilyRelation:
		return relationTrace(r)
	case behold.FamilyTalk:
		return talkTrace(r)
	case behold.FamilyCompetition:
		return competitionTrace(r)
	}
	return changeTrace(r)
}

func serviceTrace(r behold.Reason) trace {
	switch r {
	case behold.PoorService:
		return trace{tickets: 0.7, complaint: 0.7, reopened: 0.5, unhappy: 1.6, disloyal: 3, rate: 0.15,
			items: []string{"professional", "accommodating"}, touchpoint: "aftercare",
			says: []string{"Jeg blev stillet om fire gange og fik ingen hjælp.", "Medarbejderen var kort for hovedet.", "Ingen tager ansvar, når noget går galt."}}
	case behold.Quality:
		return trace{returns: 0.45, tickets: 0.5, complaint: 0.8, unhappy: 1.5, disloyal: 3, disputed: 0.15, rate: 0.15,
			items: []string{"results"}, touchpoint: "purchase",
			says: []string{"Varen var dårlig igen.", "Halvdelen af kassen kunne ikke bruges.", "Kvaliteten er ikke, hvad den var."}}
	case behold.HardToDealWith:
		return trace{tickets: 0.8, complaint: 0.2, inbound: 2.5, unhappy: 0.9, hard: 3, disloyal: 2, rate: 0.1,
			items: []string{"easy", "simple", "flexible"}, touchpoint: "purchase",
			says: []string{"Det er besværligt at bestille hos jer.", "Jeg måtte ringe tre gange om den samme ordre.", "Alt for mange regler og formularer."}}
	}
	return trace{tickets: 0.8, complaint: 0.3, reply: 6, unhappy: 1.2, disloyal: 2, rate: 0.1, // slow_response
		items: []string{"fast"}, touchpoint: "attention",
		says: []string{"Vi venter stadig på svar.", "Der går dage, før nogen vender tilbage.", "I svarer for langsomt."}}
}

func relationTrace(r behold.Reason) trace {
	switch r {
	case behold.Overlooked:
		return trace{neglect: 1, hush: 0.6, unhappy: 0.6, disloyal: 1.5, rate: 0.15,
			items: []string{"accommodating", "understanding"}, touchpoint: "attention",
			says: []string{"Vi hører aldrig fra jer.", "Sælgeren kommer ikke længere forbi.", "Det føles, som om vi er glemt."}}
	case behold.NeedsUnderstood:
		return trace{quotes: 0.4, unhappy: 1.2, disloyal: 2, basket: 0.15, inbound: 0.4,
			items: []string{"understanding", "flexible"}, touchpoint: "advice",
			says: []string{"I tilbyder os noget, vi ikke kan bruge.", "I lytter ikke til, hvad vi har brug for.", "Rådgivningen passer ikke til vores køkken."}}
	case behold.BrokenPromise:
		return trace{late: 0.5, broken: 0.8, tickets: 0.3, complaint: 0.7, unhappy: 1.4, disloyal: 3, rate: 0.1,
			items: []string{"safe", "professional"}, touchpoint: "delivery",
			says: []string{"I lovede levering tirsdag, og den kom fredag.", "Aftalen blev ikke holdt.", "Man kan ikke regne med, hvad I lover."}}
	}
	return trace{unhappy: 0.8, disloyal: 4, inbound: 0.3, // values
		items: []string{"safe"}, touchpoint: "attention",
		says: []string{"Vi vil ikke støtte den måde, I producerer på.", "Jeres leverandører passer ikke til vores værdier.", "Al den plast kan vi ikke stå inde for."}}
}

func talkTrace(r behold.Reason) trace {
	switch r {
	case behold.Irrelevant:
		return trace{mailing: 6, hush: 0.5, unhappy: 0.5, disloyal: 1,
			items: []string{"understanding"}, touchpoint: "attention",
			says: []string{"Vi får alt for mange mails, der ikke er til os.", "Nyhedsbrevene handler aldrig om det, vi køber.", "Stop med at sende reklamer."}}
	case behold.Misleading:
		return trace{tickets: 0.4, complaint: 0.8, disputed: 0.35, unhappy: 1.1, disloyal: 3,
			items: []string{"safe", "simple"}, touchpoint: "billing",
			says: []string{"Prisen på fakturaen var en anden end i tilbuddet.", "Kampagnen var vildledende.", "Der stod gratis levering, men vi betalte."}}
	}
	return trace{category: true, durable: true, neglect: 0.9, unhappy: 0.3, // forgotten
		items: []string{"accommodating"}, touchpoint: "advice",
		says: []string{"Vi købte den nye hos en anden; I spurgte jo ikke.", "Ingen sagde, at filtrene skulle skiftes.", "Vi skulle selv opdage, at det var tid."}}
}

func competitionTrace(r behold.Reason) trace {
	switch r {
	case behold.Competitor:
		return trace{basket: 0.45, rate: 0.2, category: true, quotes: 0.3, unhappy: 0.3, disloyal: 1, touchpoint: "purchase",
			says: []string{"Vi har fået et bedre tilbud et andet sted.", "En anden grossist leverer nu det meste.", "Konkurrenten kommer hver dag."}}
	case behold.SomethingNew:
		return trace{category: true, rate: 0.1, disloyal: 0.5, touchpoint: "advice",
			says: []string{"Vi ville prøve noget nyt.", "En ny leverandør havde et spændende sortiment.", "Vi skifter til et helt andet koncept."}}
	case behold.TreatedWorse:
		return trace{dear: 0.11, tickets: 0.15, complaint: 0.8, unhappy: 0.9, disloyal: 2.5, rate: 0.1,
			items: []string{"accommodating", "safe"}, touchpoint: "billing",
			says: []string{"Nye kunder får en bedre pris end os.", "Naboen betaler mindre for det samme.", "Vi har været her i årevis og får ingen rabat."}}
	}
	return trace{basket: 0.3, disloyal: 1, touchpoint: "purchase", // intro_offer; its offer and price step are the customer's own
		says: []string{"Uden introrabatten er det for dyrt.", "Vi kom for tilbuddet.", "Prisen steg, da introperioden var forbi."}}
}

func changeTrace(r behold.Reason) trace {
	switch r {
	case behold.DigitalFell:
		return trace{tickets: 0.8, complaint: 0.25, hard: 2.5, unhappy: 0.7, disloyal: 1.5, rate: 0.1, channel: "web",
			items: []string{"easy", "fast"}, touchpoint: "purchase",
			says: []string{"Webshoppen melder fejl, når jeg betaler.", "Jeg kan ikke logge ind.", "Man kan ikke bestille fra telefonen."}}
	case behold.PersonChanged:
		return trace{leavesJob: true, neglect: 0.5, hush: 0.5, rate: 0.1, touchpoint: "attention",
			says: []string{"Jeg er ny indkøber og har mine egne leverandører.", "Indkøbet er flyttet til hovedkontoret.", "Vores nye køkkenchef bestiller et andet sted."}}
	case behold.ClosedDown:
		return trace{basket: 0.35, rate: 0.25, overdue: 22, hush: 0.3, touchpoint: "billing", whichGround: "closed",
			says: []string{"Vi lukker ved månedens udgang.", "Forretningen er afviklet.", "Der kommer ikke flere ordrer, vi stopper."}}
	case behold.Moved:
		return trace{inbound: 0.4, basket: 0.15, touchpoint: "delivery", whichGround: "moved",
			says: []string{"Vi flytter til et område, I ikke leverer i.", "Ny adresse fra næste måned.", "Vi er flyttet til udlandet."}}
	}
	return trace{basket: 0.35, category: true, disloyal: 0.3, touchpoint: "advice", // needs_changed
		says: []string{"Vi laver ikke længere mad selv.", "Vi har skåret menuen ned.", "Behovet er et andet nu."}}
}

// causes of leaving and how often each is the one. Invented, and kept away from the
// figures that circulate without a study. intro_offer is drawn on its own, from
// those who came by an offer.
func causes() ([]behold.Reason, []float64) {
	return []behold.Reason{
			behold.PoorService, behold.Quality, behold.HardToDealWith, behold.SlowResponse,
			behold.Overlooked, behold.NeedsUnderstood, behold.BrokenPromise, behold.Values,
			behold.Irrelevant, behold.Misleading, behold.Forgotten,
			behold.Competitor, behold.SomethingNew, behold.TreatedWorse,
			behold.NeedsChanged, behold.DigitalFell, behold.PersonChanged,
			behold.ClosedDown, behold.Moved,
		}, []float64{
			7, 9, 4, 6,
			13, 4, 8, 2,
			3, 3, 5,
			11, 4, 6,
			6, 3, 5,
			8, 3,
		}
}
