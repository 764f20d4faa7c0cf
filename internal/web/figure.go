package web

import (
	"slices"
	"strings"
)

// A figure is a number that the pages show and that explains itself: what it
// means, how it is worked out and from what. Its name is the end of its phrases
// and the anchor of its place in Help.
type figure string

// The figures, in the order of Help.
const (
	figChance   figure = "chance"
	figMoney    figure = "money"
	figAtRisk   figure = "atrisk"
	figResidual figure = "residual"
	figValue    figure = "value"
	figActive   figure = "active"
	figSilence  figure = "silence"
	figReason   figure = "reason"
	figLevel    figure = "level"
	figUnusual  figure = "unusual"
	figRecord   figure = "record"
	figFalse    figure = "false"
	figCommon   figure = "common"
	figCase     figure = "case"
	figSupport  figure = "support"

	figFalseShare figure = "falseshare"
	figHourWorth  figure = "hourworth"
	figLoad       figure = "load"

	figAvoidable    figure = "avoidable"
	figLossReasons  figure = "lossreasons"
	figSilentLeaver figure = "silentleaver"
	figAgreement    figure = "agreement"
	figClaim        figure = "claim"
	figMissed       figure = "missed"

	figVerySatisfied figure = "verysatisfied"
	figSatisfied     figure = "satisfied"
	figChanged       figure = "changed"
	figLeaning       figure = "leaning"
	figRecommend     figure = "recommend"
	figEasy          figure = "easy"
	figDriver        figure = "driver"
	figAfter         figure = "after"
	figLoyalty       figure = "loyalty"
	figTextReading   figure = "textreading"
	figTextQuality   figure = "textquality"
	figAsked         figure = "asked"
	figAskChance     figure = "askchance"
	figAskRest       figure = "askrest"
	figResponse      figure = "response"

	figNormal   figure = "normal"
	figLostRule figure = "lostrule"
	figStaying  figure = "staying"
	figGroups   figure = "groups"
	figCohorts  figure = "cohorts"
	figFunnel   figure = "funnel"
	figClosing  figure = "closing"

	figLossCost   figure = "losscost"
	figNewOld     figure = "newold"
	figLadder     figure = "ladder"
	figLoyalClass figure = "loyalclass"
	figConcession figure = "concession"
	figFair       figure = "fair"
	figOffers     figure = "offers"

	figBase        figure = "base"
	figTopShare    figure = "topshare"
	figEffort      figure = "effort"
	figAcquisition figure = "acquisition"
	figMet         figure = "met"
	figTeamShare   figure = "teamshare"

	figEffect   figure = "effecteffect"
	figPower    figure = "effectpower"
	figCost     figure = "effectcost"
	figGuards   figure = "effectguards"
	figCells    figure = "effectcells"
	figChoosing figure = "effectchoosing"
	figPrior    figure = "effectprior"
	figLot      figure = "effectlot"

	figOverlooked figure = "overlooked"
	figKept       figure = "kept"
	figCredit     figure = "credit"
	figReward     figure = "reward"
	figPulse      figure = "pulse"
)

// A figureGroup is figures that Help has below one heading.
type figureGroup struct {
	name string
	of   []figure
}

func figureGroups() []figureGroup {
	return []figureGroup{
		{"customer", []figure{figChance, figMoney, figAtRisk, figResidual, figValue, figActive, figSilence, figReason}},
		{"lamp", []figure{figLevel, figUnusual, figRecord, figFalse, figCommon, figCase, figSupport}},
		{"day", []figure{figFalseShare, figHourWorth, figLoad}},
		{"loss", []figure{figNormal, figLostRule, figStaying, figGroups, figCohorts, figFunnel, figClosing, figMissed, figAvoidable, figLossReasons, figSilentLeaver, figAgreement, figClaim}},
		{"voice", []figure{figVerySatisfied, figSatisfied, figChanged, figLeaning, figRecommend, figEasy, figDriver, figAfter, figLoyalty, figTextReading, figTextQuality, figAsked, figAskChance, figAskRest, figResponse}},
		{"effect", effectFigures()},
		{"money", []figure{figLossCost, figBase, figTopShare, figNewOld, figEffort, figAcquisition, figLadder, figLoyalClass, figConcession, figFair, figOffers, figMet, figTeamShare}},
		{"team", []figure{figOverlooked, figKept, figCredit, figReward, figPulse}},
	}
}

func effectFigures() []figure {
	return []figure{figEffect, figCost, figPower, figPrior, figCells, figGuards, figChoosing, figLot}
}

// figure is what the figure is called.
func (p page) figure(f figure) string { return p.T("help.figure." + string(f)) }

// means says what the figure tells.
func (p page) means(f figure) string {
	return p.T("help.figure."+string(f)+".means", "Years", p.settings.Years, "Dial", p.dial())
}

// workedOut says how the figure is worked out, and from what.
func (p page) workedOut(f figure) string {
	return p.T("help.figure."+string(f)+".how", "Years", p.settings.Years, "Dial", p.dial())
}

// explanations are the figures of which a page shows an explanation, in the
// order in which they were asked for: the frame writes each of them once.
type explanations struct{ of []figure }

func (e *explanations) add(f figure) {
	if !slices.Contains(e.of, f) {
		e.of = append(e.of, f)
	}
}

// explain has explanations written that nothing on the page asks for yet: what
// a list needs that may be empty now and is filled in without a new page.
func (p page) explain(all ...figure) string {
	for _, f := range all {
		p.asked.add(f)
	}
	return ""
}

// helpLink is the figure's place in Help.
func helpLink(f figure) string { return "/help#" + string(f) }

// found are the groups with those figures that say all the words.
func (p page) found(words string) (groups []figureGroup) {
	for _, g := range figureGroups() {
		g.of = slices.DeleteFunc(g.of, func(f figure) bool {
			text := strings.ToLower(p.figure(f) + " " + p.means(f) + " " + p.workedOut(f))
			return slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(w string) bool { return !strings.Contains(text, w) })
		})
		if len(g.of) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// headFigure is the figure in the column of a list that is sorted by a name; ""
// when the column tells what needs no explanation.
func headFigure(name string) figure {
	switch name {
	case "chance":
		return figChance
	case "money":
		return figMoney
	case "value":
		return figValue
	case "silence":
		return figSilence
	}
	return ""
}
