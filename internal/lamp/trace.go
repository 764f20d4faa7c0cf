package lamp

import "behold"

// traceOf is q: how often a customer who leaves for a reason shows in a lamp's
// data at the time. The table is a judgement to start with; what is not in it is
// usualTrace, as for the unknown reason.
func traceOf(r behold.Reason, kind behold.LampKind) float64 {
	for _, t := range traces(r) {
		if t.kind == kind {
			return t.often
		}
	}
	return usualTrace(kind)
}

// usualTrace is how often a lamp shows something about a customer who leaves for
// another reason.
func usualTrace(kind behold.LampKind) float64 {
	switch kind {
	case behold.LampRhythm:
		return .6 // of every leaver
	case behold.LampShrinking, behold.LampSatisfied:
		return .15
	case behold.LampClosed:
		return .01
	}
	return .05
}

// clarity is c of the density c·p^(c−1) that a lamp's p has when something is
// wrong: small for lamps that see clearly, 1 would be no sight at all.
func clarity(kind behold.LampKind) float64 {
	switch kind {
	case behold.LampShrinking, behold.LampCategory, behold.LampSilent:
		return .45
	case behold.LampPaysMore, behold.LampQuote, behold.LampReplacement, behold.LampRhythm:
		return .35
	}
	return .25
}

type tracing struct {
	kind  behold.LampKind
	often float64
}

func traces(r behold.Reason) []tracing {
	switch r.Family() {
	case behold.FamilyService:
		return serviceTraces(r)
	case behold.FamilyRelation:
		return relationTraces(r)
	case behold.FamilyTalk:
		return talkTraces(r)
	case behold.FamilyCompetition:
		return competitionTraces(r)
	case behold.FamilyChange, behold.FamilyUnavoidable:
		return changeTraces(r)
	}
	return nil
}

func serviceTraces(r behold.Reason) []tracing {
	switch r {
	case behold.PoorService:
		return []tracing{{behold.LampComplaint, .6}, {behold.LampSatisfied, .5}, {behold.LampTone, .4}, {behold.LampEffort, .15}}
	case behold.Quality:
		return []tracing{{behold.LampReturns, .6}, {behold.LampComplaint, .55}, {behold.LampSatisfied, .45}, {behold.LampTone, .4}, {behold.LampPayment, .15}}
	case behold.HardToDealWith:
		return []tracing{{behold.LampEffort, .65}, {behold.LampSatisfied, .35}, {behold.LampTone, .3}, {behold.LampComplaint, .2}, {behold.LampDigital, .1}}
	}
	return []tracing{{behold.LampSlow, .7}, {behold.LampSatisfied, .4}, {behold.LampTone, .3}, {behold.LampComplaint, .2}} // slow_response
}

func relationTraces(r behold.Reason) []tracing {
	switch r {
	case behold.Overlooked:
		return []tracing{{behold.LampAttention, .7}, {behold.LampSilent, .3}, {behold.LampSatisfied, .2}}
	case behold.NeedsUnderstood:
		return []tracing{{behold.LampQuote, .4}, {behold.LampSatisfied, .4}, {behold.LampTone, .25}, {behold.LampShrinking, .25}}
	case behold.BrokenPromise:
		return []tracing{{behold.LampPromise, .75}, {behold.LampComplaint, .35}, {behold.LampSatisfied, .45}, {behold.LampTone, .35}}
	}
	return []tracing{{behold.LampSatisfied, .3}, {behold.LampTone, .35}} // values
}

func talkTraces(r behold.Reason) []tracing {
	switch r {
	case behold.Irrelevant:
		return []tracing{{behold.LampUnwanted, .6}, {behold.LampSilent, .25}, {behold.LampSatisfied, .2}}
	case behold.Misleading:
		return []tracing{{behold.LampComplaint, .4}, {behold.LampPayment, .35}, {behold.LampSatisfied, .4}, {behold.LampTone, .3}}
	}
	return []tracing{{behold.LampReplacement, .5}, {behold.LampCategory, .4}, {behold.LampAttention, .35}} // forgotten
}

func competitionTraces(r behold.Reason) []tracing {
	switch r {
	case behold.Competitor:
		return []tracing{{behold.LampShrinking, .6}, {behold.LampCategory, .45}, {behold.LampQuote, .3}, {behold.LampContract, .1}}
	case behold.SomethingNew:
		return []tracing{{behold.LampCategory, .5}, {behold.LampShrinking, .25}}
	case behold.TreatedWorse:
		return []tracing{{behold.LampPaysMore, .55}, {behold.LampSatisfied, .35}, {behold.LampComplaint, .2}, {behold.LampTone, .25}}
	}
	return []tracing{{behold.LampIntroEnds, .7}, {behold.LampShrinking, .35}} // intro_offer
}

func changeTraces(r behold.Reason) []tracing {
	switch r {
	case behold.DigitalFell:
		return []tracing{{behold.LampDigital, .6}, {behold.LampEffort, .3}, {behold.LampSatisfied, .3}, {behold.LampComplaint, .2}}
	case behold.PersonChanged:
		return []tracing{{behold.LampPersonLeft, .75}, {behold.LampAttention, .2}, {behold.LampSilent, .2}}
	case behold.ClosedDown:
		return []tracing{{behold.LampClosed, .6}, {behold.LampPayment, .55}, {behold.LampShrinking, .4}}
	case behold.Moved:
		return []tracing{{behold.LampClosed, .5}, {behold.LampShrinking, .2}}
	}
	return []tracing{{behold.LampShrinking, .5}, {behold.LampCategory, .35}} // needs_changed
}
