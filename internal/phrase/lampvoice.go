package phrase

import "behold"

// voiced says the facts of a lamp that reads answers, prices, contracts, invoices,
// quotes or contacts; "" for any other.
func (f facts) voiced(l behold.Lamp) string {
	switch l.Kind {
	case behold.LampSatisfied:
		return f.satisfied()
	case behold.LampSilent:
		return f.silent()
	case behold.LampReplacement:
		return f.p.T("lamp.replacement_due.says", "Category", f.text("category"), "On", f.date("last_order_on"),
			"Replaced", f.p.Percent(f.number("replaced_share")), "Soon", f.p.Percent(f.number("soon_share")), "Window", f.p.Days(f.count("window_days")))
	case behold.LampPaysMore:
		return f.paysMore()
	case behold.LampIntroEnds:
		return f.introEnds()
	case behold.LampContract:
		return f.contractEnds()
	case behold.LampPayment:
		return f.payment()
	case behold.LampTone:
		return f.toneSays(l)
	case behold.LampEffort:
		if _, answered := f.e.Fact("answered_on"); answered {
			return f.p.T("lamp.effort.says_answer", "Now", f.points("answer_now"), "On", f.date("answered_on"))
		}
		return f.p.N("lamp.effort.says", f.count("contacts_now"), "Usual", f.often("contacts_usual"))
	case behold.LampQuote:
		return f.quote()
	case behold.LampDigital:
		return f.p.N("lamp.digital_friction.says", f.count("digital_now"), "Channel", f.word("channel"), "On", f.date("last_on"), "Usual", f.often("digital_usual"))
	}
	return ""
}

// voicedOut says what puts one of these lamps out; "" for any other.
func (p *Phrases) voicedOut(kind behold.LampKind) string {
	switch kind {
	case behold.LampSatisfied, behold.LampSilent, behold.LampReplacement, behold.LampPaysMore, behold.LampIntroEnds,
		behold.LampContract, behold.LampPayment, behold.LampTone, behold.LampEffort, behold.LampQuote, behold.LampDigital:
		return p.T("lamp." + string(kind) + ".out")
	}
	return ""
}

// voicedNext says what to do about one of these lamps; "" for any other.
func (f facts) voicedNext(kind behold.LampKind) string {
	switch kind {
	case behold.LampReplacement:
		return f.p.T("lamp.replacement_due.next", "Category", f.text("category"), "On", f.date("last_order_on"))
	case behold.LampContract:
		return f.p.T("lamp.contract_ends.next", "By", f.date("notice_by"))
	case behold.LampTone:
		return f.p.T("lamp.tone.next", "On", f.date("written_on"))
	case behold.LampQuote:
		return f.p.T("lamp.quote_unanswered.next", "On", f.date("quoted_on"))
	case behold.LampSatisfied, behold.LampSilent, behold.LampPaysMore, behold.LampIntroEnds, behold.LampPayment, behold.LampEffort, behold.LampDigital:
		return f.p.T("lamp." + string(kind) + ".next")
	}
	return ""
}

// seldom is a number in 30 days, three a year, below which nobody would say "about
// so many": they hardly ever do.
const seldom = 0.25

// often says how often in 30 days is usual.
func (f facts) often(name string) string {
	return f.usual("lamp.effort", f.points(name), f.number(name) < seldom)
}

// points is a figure with one decimal, where it has any.
func (f facts) points(name string) string {
	x := f.number(name)
	if x == float64(int(x)) {
		return f.p.Number(int(x))
	}
	return f.p.Decimal(x, 1)
}

// word is a fact that is a word of the company's own; a dash where there is none.
func (f facts) word(name string) string {
	if fact, _ := f.e.Fact(name); fact.Text != "" {
		return fact.Text
	}
	return "–"
}

// exactly is a price a piece, whose decimals matter.
func (f facts) exactly(name string) string {
	fact, _ := f.e.Fact(name)
	return f.p.MoneyExact(behold.MoneyOf(fact.Number, fact.Text))
}

func (f facts) satisfied() string {
	key := "lamp.satisfaction_fell.says"
	if _, before := f.e.Fact("answer_before"); !before {
		key = "lamp.satisfaction_fell.says_first"
	}
	says := f.p.T(key, "Now", f.points("answer_now"), "Best", f.points("best"), "On", f.date("answered_on"),
		"Before", f.points("answer_before"), "BeforeOn", f.date("answered_before_on"))
	if item, told := f.e.Fact("item"); told && f.p.Has("lamp.item."+item.Text) {
		says += " " + f.p.T("lamp.satisfaction_fell.lowest", "Item", f.p.T("lamp.item."+item.Text), "Value", f.points("item_value"))
	}
	return says
}

func (f facts) silent() string {
	says := f.p.T("lamp.silent_dissatisfied.says_wait", "Every", f.p.Every(f.count("usual_days")), "On", f.date("answered_on"))
	if f.count("unanswered") > 0 {
		says = f.p.T("lamp.silent_dissatisfied.says", "Answered", f.count("answered_before"), "Asked", f.count("asked_before"), "Missed", f.count("unanswered"))
	}
	if fall := f.number("fall"); fall >= 0.01 {
		says += " " + f.p.T("lamp.silent_dissatisfied.fall", "Fall", f.p.Percent(fall))
	}
	return says
}

func (f facts) paysMore() string {
	says := f.p.T("lamp.pays_more.says", "Share", f.p.Percent(f.number("over_share")), "Over", f.money("over"),
		"Products", f.p.N("unit.products", f.count("products")), "Lines", f.p.N("unit.order_lines", f.count("lines")))
	if product, _ := f.e.Fact("product"); product.Text != "" {
		says += " " + f.p.T("lamp.pays_more.product", "Product", product.Text, "Paid", f.exactly("paid"), "New", f.exactly("new_pay"))
	}
	return says
}

func (f facts) introEnds() string {
	step, _ := f.e.Fact("step")
	if _, prices := f.e.Fact("stepped_on"); prices {
		return f.p.T("lamp.intro_ends.says_step", "On", f.date("stepped_on"), "Step", f.p.Percent(step.Number))
	}
	says := f.p.T("lamp.intro_ends.says_past", "Until", f.date("intro_until"))
	if left := f.count("left_days"); left > 0 {
		says = f.p.T("lamp.intro_ends.says_ahead", "Until", f.date("intro_until"), "Left", f.p.Days(left))
	}
	if !f.hardlyAny("step") {
		says += " " + f.p.T("lamp.intro_ends.step", "Step", f.p.Percent(step.Number))
	}
	return says
}

func (f facts) contractEnds() string {
	key := "lamp.contract_ends.says"
	if f.count("auto_renew") == 1 {
		key = "lamp.contract_ends.says_auto"
	}
	says := f.p.T(key, "Ends", f.date("ends_on"), "By", f.date("notice_by"))
	if !f.hardlyAny("leave_share") {
		says += " " + f.p.T("lamp.contract_ends.share", "Share", f.p.Percent(f.number("leave_share")))
	}
	return says
}

func (f facts) payment() string {
	if f.count("disputed") > 0 {
		return f.disputed()
	}
	usual := f.p.T("lamp.payment.on_time")
	if days := f.count("usual_late_days"); days > 0 {
		usual = f.p.T("lamp.payment.late", "Days", f.p.Days(days))
	}
	key := "lamp.payment.says_paid"
	if f.count("open") == 1 {
		key = "lamp.payment.says_open"
	}
	return f.p.T(key, "Due", f.date("due_on"), "Late", f.p.Days(f.count("late_days")), "Usual", usual)
}

func (f facts) disputed() string {
	says := f.p.N("lamp.payment.disputed", f.count("disputed"), "Due", f.date("due_on"))
	switch before := f.count("disputed_before"); {
	case before > 0:
		return says + " " + f.p.N("lamp.payment.disputed_before", before)
	case f.told("disputed_before"):
		return says + " " + f.p.T("lamp.payment.never_before")
	}
	return says
}

// quote tells of earlier quotes too, if any of them became an order.
func (f facts) quote() string {
	says := f.p.N("lamp.quote_unanswered.says", max(1, f.count("unanswered")), "On", f.date("quoted_on"), "Late", f.p.Days(f.count("late_days")))
	if won := f.count("won_before"); won > 0 {
		says += " " + f.p.N("lamp.quote_unanswered.before", f.count("quotes_before"), "Won", won)
	}
	return says
}
