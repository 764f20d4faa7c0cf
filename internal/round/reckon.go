package round

import (
	"context"
	"encoding/json"
	"math"

	"behold"
	"behold/internal/economy"
	"behold/internal/forecast"
	"behold/internal/task"
)

const (
	callSample   = 3_000 // losses that are asked on which day they came to be called so
	reasonSample = 2_000 // losses that are asked for their reasons
	goneSilent   = 30    // days of silence after a contract's end that make it a loss
	boughtAfter  = 14    // days that the last order may be later than a known loss
	ageUnknown   = 90    // days of records in which a first purchase does not tell when a customer came
)

// Books is what a reckoning asks of the facts beside the courses of customers; the
// warehouse satisfies it.
type Books interface {
	Origins(context.Context, behold.Day) (*behold.Origins, error)
	LoyalPrices(ctx context.Context, day behold.Day, currency string) (behold.LoyalPrices, error)
	EffortSums(context.Context, behold.Day) ([]behold.EffortSum, error)
}

// A counting gathers what a reckoning is made of while a walk passes everybody.
type counting struct {
	tally   *economy.Tally
	origins *behold.Origins
	sample  behold.Part // of customers whose losses are looked at more closely
	reasons map[behold.Family]*economy.ReasonPart
	asked   float64
	hours   [2]float64 // of contacts, with customers who had not bought twice and with all others
	talks   [2]int
	lit     map[int32]bool // with the lamp that they pay more
	litSum  float64
	warned  map[int32]bool
	proof   *economy.Proof
}

// Reckon counts the company as a whole as of a day, and keeps nothing.
func Reckon(ctx context.Context, day behold.Day, records Records, state State, opt Options) (*economy.Reckoning, error) {
	settings, err := state.Settings(ctx)
	if err != nil {
		return nil, err
	}
	frozen, err := frozenRule(ctx, state, day)
	if err != nil {
		return nil, err
	}
	walk, err := learn(ctx, records, day, settings, opt, frozen)
	if err != nil {
		return nil, err
	}
	c, err := walk.counting(ctx, records)
	if err != nil {
		return nil, err
	}
	seen := int64(0)
	err = walk.Each(ctx, records, func(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast) error {
		if err := c.part(walk, &people{h, deals}, f); err != nil {
			return err
		}
		c.lamps(f, walk.Judge(h, deals, f))
		seen += int64(h.Len())
		if opt.Progress != nil {
			opt.Progress(seen, walk.Extent.Customers)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := c.prove(walk, &opt.Lists); err != nil {
		return nil, err
	}
	return c.reckoning(ctx, walk, records, behold.Money{})
}

// prove takes over what the lot has shown of attention.
func (c *counting) prove(w *Walk, lists *Lists) error {
	shown, err := task.Prove(&task.Asked{
		Day: w.Day, Horizon: w.Model.Horizon, Episodes: lists.Trial.Episodes, Settings: w.Model.Settings, Currency: c.tally.Currency, Playbooks: task.With(lists.Playbooks),
	})
	if err != nil || shown == nil {
		return err
	}
	e := &shown.Effect
	c.proof = &economy.Proof{Treated: e.Treated, Kept: e.Value, Low: e.Interval.Low, High: e.Interval.High}
	if shown.Cost != nil {
		c.proof.Spent = &shown.Cost.Total
	}
	return nil
}

// frozenRule is from which silence on customers are called lost in the year of a
// day; the zero rule while it has not been found.
func frozenRule(ctx context.Context, state State, day behold.Day) (behold.LostRule, error) {
	last, ok, err := state.LastReckoning(ctx, behold.Date(day.Time().Year(), 1, 1), day)
	if err != nil || !ok || !last.Lost.Calibrated {
		return behold.LostRule{}, err
	}
	return last.Lost, nil
}

// rule is from which silence on this walk calls customers lost.
func (w *Walk) rule() behold.LostRule {
	l := &w.Model.Lost
	since := w.Day
	if w.frozen.Calibrated {
		since = w.frozen.Since
	}
	return behold.LostRule{Silence: l.A, AfterYear: l.AfterYear, Cases: l.Cases, Returned: l.Returned, Low: l.Low, High: l.High, Calibrated: l.Calibrated, Since: since}
}

// freeze takes the rule that was found earlier in the year.
func freeze(m *forecast.Model, rule behold.LostRule) {
	if rule.Calibrated {
		m.Lost = forecast.Lost{A: rule.Silence, AfterYear: rule.AfterYear, Cases: rule.Cases, Returned: rule.Returned, Low: rule.Low, High: rule.High, Calibrated: true}
	}
}

func (w *Walk) counting(ctx context.Context, books Books) (*counting, error) {
	origins, err := books.Origins(ctx, w.Day)
	if err != nil {
		return nil, err
	}
	c := &counting{
		origins: origins, sample: behold.Part{Of: int(w.Extent.Customers/20_000) + 1},
		reasons: map[behold.Family]*economy.ReasonPart{}, lit: map[int32]bool{}, warned: map[int32]bool{},
	}
	c.tally = economy.NewTally(w.Day, w.Model.From, economy.Names{Segments: origins.Segments, Offers: origins.Offers, Channels: origins.Channels})
	c.tally.Costs = w.Model.Margin
	return c, nil
}

// part counts a run of customers.
func (c *counting) part(w *Walk, p *people, f []behold.Forecast) error {
	if c.tally.Currency == "" {
		c.tally.Currency = p.h.Currency
	}
	year := w.Day - 365
	var called []behold.Turn
	var of, lost []int
	err := w.Model.Turns(p.h, f, func(k int, turns []behold.Turn) {
		course := c.course(w, p, f, k, turns)
		last := &turns[len(turns)-1]
		known := c.leftOn(w.Day, p, k, last, course)
		course.Turns = turns
		c.tally.Add(course)
		c.talked(p, k, turns, year)
		if !last.Gone() {
			return
		}
		switch {
		case !c.sample.Has(f[k].Customer):
		case known:
			c.tally.Call(last.Due, last.Due)
		case len(called) < callSample:
			called, of = append(called, *last), append(of, k)
		}
		if last.Due > year && len(lost) < reasonSample {
			lost = append(lost, k)
		}
	})
	if err != nil {
		return err
	}
	on, err := w.Model.CalledOn(p.h, called, of, w.Day)
	for i := range on {
		c.tally.Call(called[i].Due, on[i])
	}
	c.why(w, p, f, lost)
	return err
}

// course is customer k's time with the company.
func (c *counting) course(w *Walk, p *people, f []behold.Forecast, k int, turns []behold.Turn) *economy.Course {
	segment, offer, channel := c.origins.Names(f[k].Customer)
	course := &economy.Course{Segment: segment, Offer: offer, Channel: channel, Start: turns[0].On, Active: f[k].ChanceActive}
	course.AgeKnown = turns[0].On >= w.Model.From+ageUnknown
	if profile := profileOf(p.deals, k); profile.Since.Known() && profile.Since <= course.Start {
		course.AgeKnown = true
		if profile.Since < w.Model.From {
			course.Start = profile.Since
		}
	}
	s := &course.Standing
	s.State, s.Leave, s.Captive = f[k].State, f[k].ChanceLeave, profileOf(p.deals, k).Captive
	s.Residual, s.Value = f[k].Residual.Major(), f[k].Value.Major()
	s.Now, s.Before = twelve(p.h, k, w.Day), twelve(p.h, k, w.Day-365)
	return course
}

func profileOf(deals *behold.Dealings, k int) behold.Profile {
	if len(deals.Profile) == 0 {
		return behold.Profile{Closed: behold.NoDay, Since: behold.NoDay}
	}
	return deals.Profile[k]
}

// twelve is what customer k did in the year up to a day.
func twelve(h *behold.Histories, k int, day behold.Day) (y economy.Twelve) {
	sold, margin := int64(0), int64(0)
	for i := h.Start[k]; i < h.Start[k+1]; i++ {
		if h.Day[i] <= day-365 || h.Day[i] > day {
			continue
		}
		sold += h.Bought[i] + h.Credited[i]
		y.Orders += h.Orders[i]
		if h.Margin != nil {
			margin += h.Margin[i]
		}
	}
	y.Sold = behold.Money{Minor: sold, Currency: h.Currency}.Major()
	y.Margin = behold.Money{Minor: margin, Currency: h.Currency}.Major()
	if len(h.Kinds.First) == 0 {
		return y
	}
	for j := h.Kinds.First[k]; j < h.Kinds.First[k+1]; j++ {
		for i := h.Kinds.Start[j+1] - 1; i >= h.Kinds.Start[j] && h.Kinds.Day[i] > day-365; i-- {
			if h.Kinds.Day[i] <= day {
				y.Kinds++
				break
			}
		}
	}
	return y
}

// leftOn takes over a day of leaving that is known: from the table of losses, from
// the customer file, or as the end of a contract after which nothing was bought.
// Whoever is bound by a contract that runs has not left, however silent.
func (c *counting) leftOn(day behold.Day, p *people, k int, last *behold.Turn, course *economy.Course) (known bool) {
	at := func(left behold.Day) bool { return left.Known() && left <= day && last.On <= left+boughtAfter }
	gone := func(left behold.Day) {
		last.Lost, last.Due, known, course.State = true, max(left, last.On), true, behold.Lost
	}
	for _, l := range p.deals.Losses.Of(k) {
		if at(l.On) && !l.WonBack.Known() {
			gone(l.On)
		}
	}
	if profile := profileOf(p.deals, k); at(profile.Closed) {
		gone(profile.Closed)
		course.State = behold.Closed
	}
	contracts := p.deals.Contracts.Of(k)
	if len(contracts) == 0 {
		return known
	}
	end := behold.NoDay
	contract := &course.Contract
	for i := range contracts {
		if followed(contracts, i) {
			continue
		}
		ends := contracts[i].Ended
		if !ends.Known() && !contracts[i].AutoRenew {
			ends = contracts[i].Ends
		}
		if !ends.Known() || ends >= day {
			contract.Running = true
			contract.Ending = ends.Known() && ends <= day+90
			continue
		}
		end = max(end, ends)
	}
	switch {
	case contract.Running && !known:
		last.Lost, course.Active = false, 1
		if course.State == behold.Lost {
			course.State = behold.Quiet
		}
	case end.Known() && !contract.Running:
		contract.Ended = end > day-365
		if !known && end <= day-goneSilent && last.On <= end+boughtAfter && day-last.On > goneSilent {
			gone(end)
		}
		contract.Left = contract.Ended && last.Lost
	}
	return known
}

// followed says whether a later period of the same contract took the place of one.
func followed(contracts []behold.Contract, i int) bool {
	for j := range contracts {
		if contracts[j].Product == contracts[i].Product && contracts[j].Starts > contracts[i].Starts {
			return true
		}
	}
	return false
}

// minutesOf is how long a contact takes, where nobody says (docs/claims.md).
func minutesOf(channel string) float64 {
	switch channel {
	case "visit", "event", "meeting":
		return 60
	case "call":
		return 15
	case "mail", "chat":
		return 10
	}
	return 0
}

// talked adds up the contacts of the last year with customer k.
func (c *counting) talked(p *people, k int, turns []behold.Turn, since behold.Day) {
	for _, contact := range p.deals.Contacts.Of(k) {
		day := contact.At.Day()
		minutes := minutesOf(contact.Channel)
		if !day.Known() || day <= since || minutes == 0 || contact.Personal() == 0 {
			continue
		}
		side := 1
		if len(turns) < 2 || day < turns[1].On {
			side = 0
		}
		c.hours[side] += minutes / 60
		c.talks[side]++
	}
}

// why counts the reasons of customers who were lost in the last year.
func (c *counting) why(w *Walk, p *people, f []behold.Forecast, lost []int) {
	if len(lost) == 0 {
		return
	}
	theirs := make([]behold.Forecast, len(lost))
	for i, k := range lost {
		theirs[i] = f[k]
	}
	for _, l := range w.losses(p.pick(lost), theirs, w.Day-400) {
		reason := l.Inferred
		if l.By != behold.NoSource && l.Said != "" && l.Said != behold.UnknownReason {
			reason = l.Said
		}
		family := reason.Family()
		if c.reasons[family] == nil {
			c.reasons[family] = &economy.ReasonPart{Family: family}
		}
		c.reasons[family].Customers++
		c.reasons[family].Money += l.Yearly
		c.asked++
	}
}

// lamps counts who is lit, and who for paying more than newcomers.
func (c *counting) lamps(f []behold.Forecast, lists ...[]behold.Lamp) {
	money := map[int32]float64{}
	for _, list := range lists {
		for i := range list {
			c.warned[list[i].Customer] = true
			if list[i].Kind == behold.LampPaysMore && !c.lit[list[i].Customer] {
				c.lit[list[i].Customer] = true
				money[list[i].Customer] = 0
			}
		}
	}
	for i := range f {
		if _, is := money[f[i].Customer]; is {
			c.litSum += f[i].MoneyAtRisk.Major()
		}
	}
}

// reckoning judges what was counted.
func (c *counting) reckoning(ctx context.Context, w *Walk, books Books, hourWorth behold.Money) (*economy.Reckoning, error) {
	told := &economy.Told{Settings: w.Model.Settings, Rule: w.rule(), Lit: len(c.lit), LitMoney: c.litSum, Given: w.company.Has}
	told.Warned = float64(len(c.warned)) * 365 / float64(max(1, w.Model.Horizon))
	for _, family := range families() {
		if part := c.reasons[family]; part != nil {
			part.Share = part.Customers / math.Max(1, c.asked)
			told.Reasons = append(told.Reasons, *part)
		}
	}
	var err error
	if told.Gap, err = books.LoyalPrices(ctx, w.Day, c.tally.Currency); err != nil {
		return nil, err
	}
	efforts, err := books.EffortSums(ctx, w.Day)
	if err != nil {
		return nil, err
	}
	told.Books = c.books(w, efforts, hourWorth)
	told.Books.Discounts = told.Gap.Discounts
	return c.tally.Judge(told), nil
}

// families are those of the reasons, in their order.
func families() (all []behold.Family) {
	for _, r := range behold.Reasons() {
		if f := r.Family(); len(all) == 0 || all[len(all)-1] != f {
			all = append(all, f)
		}
	}
	return all
}

func (c *counting) books(w *Walk, efforts []behold.EffortSum, hourWorth behold.Money) economy.Books {
	b := economy.Books{
		Currency: c.tally.Currency, HourCost: w.Model.Settings.HourRate, HourWorth: hourWorth.Major(),
		Acquired: c.origins.Acquired, Priced: c.origins.Priced, Effect: c.proof,
	}
	for i, aim := range []string{"new", "existing"} {
		side := [2]*economy.Side{&b.New, &b.Kept}[i]
		for _, e := range efforts {
			if e.Aim == aim {
				side.Given, side.Money, side.Hours = true, e.Amount.Major(), e.Hours
			}
		}
		side.Contacts = c.talks[i]
		if side.Hours == 0 && c.hours[i] > 0 {
			side.Hours, side.FromLogs = math.Round(c.hours[i]), true
		}
	}
	return b
}

// keepReckoning has the company as a whole judged and kept, once the round is.
func (s *Seen) keepReckoning(ctx context.Context, books Books, state State, lists *Lists) error {
	if err := s.counted.prove(s.walk, lists); err != nil {
		return err
	}
	r, err := s.counted.reckoning(ctx, s.walk, books, s.Round.Tasks.HourWorth)
	if err != nil {
		return err
	}
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return state.SaveReckoning(ctx, &behold.Reckoning{Day: s.Round.Day, Lost: r.Definition, Body: body})
}
