package task

import (
	"fmt"
	"strings"
	"testing"

	"behold"
)

func TestPermits(t *testing.T) {
	said := func(c behold.Customer, a behold.Action) string {
		if !c.ClosedOn.Known() || c.ClosedOn == 0 {
			c.ClosedOn = behold.NoDay
		}
		var all []string
		for _, p := range Permits(&c, "DK", a) {
			yes := ""
			if !p.Allowed {
				yes = "not "
			}
			all = append(all, fmt.Sprintf("%s %s%s", p.Channel, yes, p.Why))
		}
		return strings.Join(all, ", ")
	}
	reached := behold.Customer{Phone: "1", Email: "a@b.example"}
	for _, c := range []struct {
		change func(*behold.Customer)
		action behold.Action
		want   string
	}{
		{func(c *behold.Customer) { c.Kind = "company" }, behold.ActCall, "call free, visit free, mail free, chat free"},
		{func(c *behold.Customer) { c.Kind = "person" }, behold.ActCall, "call service, visit service, mail free, chat free"},
		{func(c *behold.Customer) { c.Kind = "person" }, behold.ActUpsell, "call not dk_consumer, visit not dk_consumer, mail similar, chat similar"},
		{func(c *behold.Customer) { c.Kind, c.Country = "person", "SE" }, behold.ActUpsell, "call free, visit free, mail similar, chat similar"},
		{func(c *behold.Customer) {}, behold.ActWinBack, "call firm, visit firm, mail similar, chat similar"},
		{func(c *behold.Customer) { c.VATNo = "DK1" }, behold.ActWinBack, "call free, visit free, mail similar, chat similar"},
		{func(c *behold.Customer) { c.MarketingOptOut = true }, behold.ActUpsell, "call not declined, visit not declined, mail not declined, chat not declined"},
		{func(c *behold.Customer) { c.MarketingOptOut = true }, behold.ActApology, "call service, visit service, mail service, chat service"},
		{func(c *behold.Customer) { c.Phone, c.Email = "", "" }, behold.ActApology, "call no_number, visit free, mail no_mail, chat free"},
		{func(c *behold.Customer) { c.ClosedOn = behold.Date(2025, 1, 1) }, behold.ActThanks, "call not closed, visit not closed, mail not closed, chat not closed"},
	} {
		one := reached
		c.change(&one)
		if got := said(one, c.action); got != c.want {
			t.Errorf("%+v %s:\n got %s\nwant %s", one, c.action, got, c.want)
		}
	}
	declined := reached
	declined.ClosedOn, declined.MarketingOptOut = behold.NoDay, true
	if service, selling := Barred(&declined, "DK"); service != 0 || selling != ByCall|ByVisit|ByMail|ByChat {
		t.Errorf("barred for service %b, for selling %b", service, selling)
	}
}

func TestOwnPlaybooksStandInForOurs(t *testing.T) {
	own := behold.Playbook{Reason: behold.Overlooked, Steps: []behold.Step{{Action: behold.ActSurprise, Channel: "mail", Minutes: 5}}}
	books := With([]behold.Playbook{own, {Reason: "no such reason"}})
	if len(books) != len(behold.Reasons()) {
		t.Errorf("%d books", len(books))
	}
	for i, ours := range Playbooks() {
		want := ours
		if ours.Reason == own.Reason {
			want = own
		}
		if fmt.Sprint(books[i]) != fmt.Sprint(want) {
			t.Errorf("%s: %v", ours.Reason, books[i])
		}
		if err := ours.Check(); err != nil {
			t.Errorf("ours: %v", err)
		}
	}
}
