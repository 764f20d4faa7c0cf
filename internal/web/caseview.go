package web

import (
	"slices"
	"strings"
	"time"

	"behold"
)

// named is what a colleague is called.
func (b *caseBoard) named(p page, email string) string {
	if email == "" {
		return p.T("case.nobody")
	}
	if name := b.names[behold.ColleagueKey(email)]; name != "" {
		return name
	}
	return email
}

// openedSays is how the case began.
func (b *caseBoard) openedSays(p page) string {
	o := &b.now.Opening
	day, who := p.Date(behold.DayOf(o.At.Local())), b.named(p, o.Who)
	switch o.Origin {
	case behold.ByLamp:
		return p.T("case.opened.lamp", "Day", day, "Who", who, "Lamp", p.LampName(o.Lamp))
	case behold.ByAnswer:
		return p.T("case.opened.answer", "Day", day)
	case behold.ByCallMe:
		return p.T("case.opened.call_me", "Day", day)
	}
	return p.T("case.opened.hand", "Day", day, "Who", who)
}

// clock is one state of a case with how long it took.
type caseTime struct {
	word, took string
	now        bool
}

// clocks are the states of the case in a row.
func (p page) clocks(c *behold.Case, now time.Time) (all []caseTime) {
	for i := range c.Clocks {
		k := &c.Clocks[i]
		to, running := k.To, k.To.IsZero()
		if running {
			to = now
		}
		t := caseTime{word: p.LampState(k.State), took: p.lasted(k.From, to), now: running}
		if running && !c.Open() {
			t.took = p.ShortDate(behold.DayOf(k.From.Local()))
		}
		all = append(all, t)
	}
	return all
}

// lasted is how long something took, in days.
func (p page) lasted(from, to time.Time) string {
	if to.Sub(from) < 24*time.Hour {
		return p.T("case.under_a_day")
	}
	return p.Days(int(to.Sub(from).Hours() / 24))
}

// nextSays is what is to be done next, and by when.
func (p page) nextSays(c *behold.Case) string {
	by := p.dueBy(c.Due)
	at := c.Next()
	switch {
	case c.State == behold.Acknowledged:
		return p.T("case.next.plan", "Due", by)
	case at < 0:
		return p.T("case.next.close", "Due", by)
	}
	return p.T("case.next.step", "Step", p.stepSays(&c.Steps[at].Step), "Due", by)
}

// dueBy names a day to come, or one that has passed.
func (p page) dueBy(d behold.Day) string { return p.CaseDue(d, p.desk.now) }

// stepSays is a step in a few words.
func (p page) stepSays(s *behold.Step) string {
	if string(s.Action) == s.Channel && s.Action == behold.ActVisit {
		return p.action(s.Action)
	}
	return p.T("case.step.says", "Action", p.action(s.Action), "Channel", p.T("page.channel."+s.Channel))
}

// action is what an action is called.
func (p page) action(a behold.Action) string {
	if a == behold.ActNothing {
		return p.T("case.action.nothing")
	}
	return p.T("playbook.action." + string(a))
}

// stepState is what became of a step.
func (b *caseBoard) stepState(p page, s *behold.CaseStep) string {
	switch s.State {
	case behold.StepDone:
		return p.T("case.step.done", "Day", p.ShortDate(s.On), "Who", b.named(p, s.Who))
	case behold.StepSkipped:
		return p.T("case.step.skipped", "Day", p.ShortDate(s.On), "Who", b.named(p, s.Who))
	}
	if s.From > p.desk.now {
		return p.T("case.step.from", "Day", p.ShortDate(s.From), "Due", p.ShortDate(s.Due))
	}
	return capital(p.dueBy(s.Due))
}

// stepMark is what became of a step, in a sign.
func stepMark(s *behold.CaseStep) string {
	switch s.State {
	case behold.StepDone:
		return "✓"
	case behold.StepSkipped:
		return "–"
	}
	return "○"
}

// endSays proposes to close the case.
func (b *caseBoard) endSays(p page) string {
	return p.T("case.ends."+string(b.ends.why), "Day", p.Date(b.ends.on))
}

// lost says whether the records speak for closing the case as lost.
func (e caseEnd) lost() bool { return e.why == signLost || e.why == signTold || e.why == signClosed }

// closedSays is how a case ended.
func (b *caseBoard) closedSays(p page, c *behold.Case) string {
	k := &c.Closing
	key := "case.closed.kept"
	if c.State == behold.LampLost {
		key = "case.closed.lost"
	}
	says := p.T(key, "Day", p.Date(c.ClosedOn()), "Who", b.named(p, k.Who), "Cause", p.Reason(k.Cause), "Action", p.action(k.Action))
	if k.Discount.Minor > 0 {
		says += " " + p.T("case.closed.discount", "Money", p.Money(k.Discount))
	}
	if k.Competitor != "" {
		says += " " + p.T("case.closed.competitor", "Competitor", k.Competitor)
	}
	return says
}

// askSays is when a kept customer is asked whether all is well.
func (p page) askSays(c *behold.Case) string {
	switch {
	case c.Asked.Known():
		return p.T("case.ask.asked", "Day", p.Date(c.Asked))
	case c.AskAgain.Known():
		return p.T("case.ask.on", "Day", p.Date(c.AskAgain))
	}
	return ""
}

// moveSays is one line of what was done.
func (b *caseBoard) moveSays(p page, c *behold.Case) string {
	m := &c.Move
	what := p.T("case.did." + string(m.Do))
	switch m.Do {
	case behold.CasePlanned:
		what = p.N("case.did.planned", len(m.Steps), "Reason", p.Reason(m.Reason))
	case behold.CaseStepDone, behold.CaseSkipped:
		if m.Step >= 0 && m.Step < len(c.Steps) {
			what = p.T("case.did."+string(m.Do)+"_which", "Step", p.stepSays(&c.Steps[m.Step].Step))
		}
	case behold.CaseHanded:
		what = p.T("case.did.handed_to", "Who", b.named(p, m.Owner))
	}
	line := []string{p.ShortDate(behold.DayOf(m.At.Local())), what}
	if m.Who != "" {
		line = append(line, b.named(p, m.Who))
	}
	if m.Why != "" {
		line = append(line, m.Why)
	}
	if m.Word.Why != "" {
		line = append(line, m.Word.Why)
	}
	return strings.Join(line, " · ")
}

// lastMove is what was done last, in a sentence for the line with the undo.
func (b *caseBoard) lastMove(p page) string { return b.moveSays(p, b.now) }

// planFor is the reason that a plan is offered for: the one that was asked for,
// else the one that the case is about.
func planFor(asked string, c *behold.Case) behold.Reason {
	if r := behold.Reason(asked); slices.Contains(behold.Reasons(), r) {
		return r
	}
	return c.Reason
}

// caseActions are what can have kept a customer.
func caseActions() []behold.Action { return append(behold.Actions(), behold.ActNothing) }

// refused is why something that was to be done to the case was not, whatever
// form it was; nil when nothing was refused.
func (p page) refusedCase(c *behold.Case) *typed {
	if t := p.desk.typed; t != nil && c != nil && t.where == c.ID {
		return t
	}
	return nil
}

// caseAsks says whether a form of the case was refused just now, or asked for.
func (p page) caseAsks(v customerView, do string) bool {
	if v.board.now == nil {
		return false
	}
	return p.turnedDown(v.board.now.ID, do) != nil || do == "plan" && p.self.Query().Get("plan") != ""
}

func stepClass(s *behold.CaseStep) string {
	if s.State == behold.StepDue {
		return "due"
	}
	return string(s.State)
}

// stepCosts is what a step takes.
func (p page) stepCosts(s *behold.Step) string {
	says := p.N("case.minutes", int(s.Minutes))
	if s.Cost > 0 {
		says += ", " + p.Money(behold.MoneyOf(s.Cost, p.settings.Currency))
	}
	return says
}

// lastDone is what was done for the customer last.
func lastDone(c *behold.Case) string {
	for _, s := range slices.Backward(c.Steps) {
		if s.State == behold.StepDone {
			return string(s.Action)
		}
	}
	return ""
}

// knownReason leaves what nobody knows to be chosen.
func knownReason(r behold.Reason) string {
	if r == behold.UnknownReason {
		return ""
	}
	return string(r)
}

// suspected is the reason that a case by hand would be about.
func suspected(v customerView) behold.Reason {
	if v.standing != nil && v.standing.MainReason != "" {
		return v.standing.MainReason
	}
	return behold.UnknownReason
}

// now is the time on the page's clock.
func (p page) now() time.Time { return p.desk.at }

// ownerOf is what whoever has a case is called.
func (p page) ownerOf(names map[string]string, email string) string {
	b := caseBoard{names: names}
	return b.named(p, email)
}

// worked says whether somebody is at work on the customer: then the case says
// what is next.
func (v customerView) worked() bool { return v.board.now != nil && v.board.now.Open() }
