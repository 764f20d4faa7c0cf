package phrase

import (
	"cmp"
	"regexp"
	"strings"

	"behold"
)

// A Draft is what to say to a customer, for a colleague to read over first.
type Draft struct {
	Subject string // of a mail; "" for what is said
	Text    string
	Own     bool // the company's own text
}

// DraftFacts is what a draft is made from. Nothing in it that is ours alone, such
// as a chance or an amount, finds its way into the text.
type DraftFacts struct {
	Action   behold.Action
	Channel  string
	Name     string // who is spoken to: a person, else the customer
	All      bool   // Name is a firm's
	Person   bool   // the customer is a consumer, not a firm
	From     string // the colleague's name; "": not known
	Company  string
	Lamps    []behold.Lamp // that burn, the one that counts most first
	Promise  string        // what was promised and not kept, in words; "": nothing that somebody wrote down
	Promised behold.Day    // for when
	Today    behold.Day
	Also     *behold.Companion // what similar customers buy; nil: nothing to suggest
	Own      *behold.Wording   // the company's own text; nil: ours
}

// Draft writes what to say: a mail with a greeting and an ending, or, for what is
// said, the sentences in turn.
func (p *Phrases) Draft(f DraftFacts) Draft {
	why := p.draftWhy(&f)
	if f.Own != nil {
		return p.ownDraft(&f, why)
	}
	parts := []string{strings.TrimSpace(why + " " + p.draftSay(&f))}
	d := Draft{}
	if f.Channel == "mail" || f.Channel == "chat" {
		d.Subject = spokenTo(p.T("draft.about."+string(f.Action)), f.Person)
		ending := p.T("draft.reply")
		if sells(f.Action) {
			ending += " " + p.T("draft.stop")
		}
		parts = append([]string{p.hello(&f)}, append(parts, ending, p.bye(&f))...)
	} else {
		parts = append([]string{p.talk(&f)}, parts...)
	}
	d.Text = spokenTo(strings.Join(parts, "\n\n"), f.Person)
	return d
}

// sells says that a way to decline belongs below it.
func sells(a behold.Action) bool {
	switch a {
	case behold.ActUpsell, behold.ActWinBack, behold.ActReplacement, behold.ActAmbassador:
		return true
	}
	return false
}

func (p *Phrases) hello(f *DraftFacts) string {
	switch {
	case f.Name == "":
		return p.T("draft.hello_nobody")
	case f.All:
		return p.T("draft.hello_all", "Name", f.Name)
	}
	return p.T("draft.hello", "Name", f.Name)
}

func (p *Phrases) talk(f *DraftFacts) string {
	switch {
	case f.Company == "":
		return p.T("draft.hello_nobody")
	case f.From == "":
		return p.T("draft.talk_company", "Company", f.Company)
	}
	return p.T("draft.talk", "From", f.From, "Company", f.Company)
}

func (p *Phrases) bye(f *DraftFacts) string {
	lines := []string{p.T("draft.bye")}
	for _, line := range []string{f.From, f.Company} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func (p *Phrases) draftSay(f *DraftFacts) string {
	switch {
	case f.Action == behold.ActUpsell && f.Also != nil:
		return p.T("draft.say.upsell", "Have", f.Also.Have, "Also", f.Also.Also)
	case f.Action == behold.ActUpsell:
		return p.T("draft.say.upsell_none")
	}
	return p.T("draft.say." + string(f.Action))
}

// draftWhy is what happened, as one says it to the customer: that of the first
// lamp that has such a sentence. Thanks, surprises and suggestions need none.
func (p *Phrases) draftWhy(f *DraftFacts) string {
	switch f.Action {
	case behold.ActThanks, behold.ActSurprise, behold.ActAmbassador, behold.ActUpsell:
		return ""
	}
	if f.Promise != "" {
		return p.T("draft.why.promise", "What", f.Promise, "On", p.Date(f.Promised))
	}
	sorry := f.Action == behold.ActApology || f.Action == behold.ActKeepPromise
	for i := range f.Lamps {
		if sorry && !ourFault(f.Lamps[i].Kind) {
			continue
		}
		if says := p.lampWhy(&f.Lamps[i], f.Today); says != "" {
			return says
		}
	}
	if sorry {
		return p.T("draft.why.fault")
	}
	return ""
}

// ourFault says that a lamp is about something one can be sorry for.
func ourFault(kind behold.LampKind) bool {
	switch kind {
	case behold.LampSlow, behold.LampComplaint, behold.LampPromise, behold.LampSatisfied, behold.LampEffort, behold.LampReturns, behold.LampUnwanted, behold.LampDigital, behold.LampAttention:
		return true
	}
	return false
}

// lampWhy is the evidence of a lamp in a sentence to the customer; "" of a lamp
// whose evidence is for us alone.
func (p *Phrases) lampWhy(l *behold.Lamp, today behold.Day) string {
	f := facts{p, &l.Evidence}
	key := "draft.why." + string(l.Kind)
	dated := func(name string) string {
		if day := f.day(name); day.Known() {
			return p.T(key, "On", p.Date(day))
		}
		return ""
	}
	switch l.Kind {
	case behold.LampRhythm:
		return dated("last_order_on")
	case behold.LampSlow, behold.LampComplaint:
		return dated("opened_on")
	case behold.LampPromise:
		return dated("due_on")
	case behold.LampSatisfied:
		return dated("answered_on")
	case behold.LampQuote:
		return dated("quoted_on")
	case behold.LampContract:
		return dated("ends_on")
	case behold.LampIntroEnds:
		if until := f.day("intro_until"); !until.Known() || until < today {
			return "" // it has ended: the prices themselves are talked about
		}
		return dated("intro_until")
	case behold.LampCategory, behold.LampReplacement:
		category, _ := f.e.Fact("category")
		if on := f.day("last_order_on"); category.Text != "" && on.Known() {
			return p.T(key, "Category", category.Text, "On", p.Date(on))
		}
		return ""
	case behold.LampAttention, behold.LampEffort, behold.LampReturns, behold.LampPersonLeft, behold.LampUnwanted, behold.LampDigital:
		return p.T(key)
	}
	return ""
}

// Places of a company's own text that the facts are put into.
const (
	PlaceName    = "{name}"
	PlaceMe      = "{me}"
	PlaceCompany = "{company}"
	PlaceWhy     = "{what happened}"
	PlaceHave    = "{buys}"
	PlaceAlso    = "{suggestion}"
)

// Places are all places of a company's own text.
func Places() []string {
	return []string{PlaceName, PlaceMe, PlaceCompany, PlaceWhy, PlaceHave, PlaceAlso}
}

func (p *Phrases) ownDraft(f *DraftFacts, why string) Draft {
	also := cmp.Or(f.Also, &behold.Companion{})
	put := strings.NewReplacer(PlaceName, f.Name, PlaceMe, f.From, PlaceCompany, f.Company, PlaceWhy, spokenTo(why, f.Person), PlaceHave, also.Have, PlaceAlso, also.Also)
	d := Draft{Text: put.Replace(f.Own.Text), Own: true}
	if f.Channel == "mail" || f.Channel == "chat" {
		d.Subject = put.Replace(cmp.Or(f.Own.Subject, spokenTo(p.T("draft.about."+string(f.Action)), f.Person)))
	}
	return d
}

// either is a word for a firm and one for a person, of which one is said.
var either = regexp.MustCompile(`\[([^\[\]/]*)/([^\[\]/]*)\]`)

func spokenTo(text string, person bool) string {
	if person {
		return either.ReplaceAllString(text, "$2")
	}
	return either.ReplaceAllString(text, "$1")
}
