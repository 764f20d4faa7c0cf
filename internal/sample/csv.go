package sample

import (
	"bytes"
	"strconv"
	"strings"

	"behold"
)

func (t table) name() string { return strings.SplitN(contracted(t), ":", 2)[0] }

// header is the first line of the table's file: exactly the columns of the
// import contract, in its order, without those the shop has nothing to say in.
func (t table) header() string { return strings.SplitN(contracted(t), ":", 2)[1] + "\n" }

func contracted(t table) string {
	return [tables]string{
		customers:  "customers:customer,name,kind,email,phone,registration_no,vat_no,country,region,language,segment,colleague,customer_since,acquired_by,acquired_offer,acquisition_cost,price_list,captive,vip,survey_opt_out,marketing_opt_out,closed_on,closed_reason,tags",
		people:     "people:customer,person,name,email,phone,role,valid_from,valid_to,email_status",
		orders:     "orders:order,customer,ordered_at,line,product,product_name,category,quantity,unit_price,amount,cost,list_price,discount,offer,currency,promised_on,delivered_on,credit_of",
		invoices:   "invoices:invoice,customer,due_on,paid_on,amount,currency,disputed",
		contracts:  "contracts:contract,customer,product,starts_on,ends_on,notice_days,auto_renew,price,period,currency,intro_until,ended_on",
		contacts:   "contacts:contact,customer,at,direction,channel,colleague,person,replied_at,text",
		tickets:    "tickets:ticket,customer,opened_at,first_reply_at,closed_at,reopened,touchpoint,priority,complaint,promise_hours,channel,subject,text",
		promises:   "promises:promise,customer,made_at,due_at,kept_at,text,kind,colleague",
		answers:    "answers:answer,customer,answered_at,asked_at,item,value,scale_max,touchpoint,text",
		quotes:     "quotes:quote,customer,at,amount,currency,won_at",
		losses:     "losses:customer,left_on,reason,detail,competitor,said_by,won_back_on",
		efforts:    "efforts:month,aim,amount,currency,hours,what",
		colleagues: "colleagues:colleague,name,team,hours_per_week",
		truth:      "truth:customer,left_on,reason,since",
	}[t]
}

// A sheet is CSV under construction. Every field ends with a comma; end turns
// the last one into a line feed.
type sheet struct {
	bytes.Buffer
	calendar *calendar
	space    [32]byte // to write numbers in
}

func (s *sheet) end() { b := s.Bytes(); b[len(b)-1] = '\n' }

func (s *sheet) none() { s.WriteByte(',') }

// text quotes what needs it.
func (s *sheet) text(v string) {
	s.WriteString(quoted(v))
	s.WriteByte(',')
}

func quoted(v string) string {
	if strings.ContainsAny(v, ",\"\n\r") {
		return `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
	}
	return v
}

// word writes what is known to need no quotes.
func (s *sheet) word(v string) {
	s.WriteString(v)
	s.WriteByte(',')
}

func (s *sheet) whole(v int64) {
	s.Write(strconv.AppendInt(s.space[:0], v, 10))
	s.WriteByte(',')
}

// money writes øre as kroner with two decimals.
func (s *sheet) money(v int64) {
	b := s.space[:0]
	if v < 0 {
		b, v = append(b, '-'), -v
	}
	b = strconv.AppendInt(b, v/100, 10)
	b = append(b, '.', byte('0'+v/10%10), byte('0'+v%10), ',')
	s.Write(b)
}

func (s *sheet) yes(v bool) {
	if v {
		s.word("true")
	} else {
		s.word("false")
	}
}

func (s *sheet) day(v behold.Day) {
	s.WriteString(s.dayText(v))
	s.WriteByte(',')
}

func (s *sheet) dayText(v behold.Day) string {
	if i := int(v - s.calendar.first); v.Known() && i >= 0 && i < len(s.calendar.text) {
		return s.calendar.text[i]
	}
	return v.String()
}

// moment writes 2006-01-02 15:04:00, and an unknown one as nothing.
func (s *sheet) moment(v moment) {
	if v != 0 {
		s.WriteString(s.dayText(v.day()))
		h, m := int(v/60%24), int(v%60)
		s.Write(append(s.space[:0], ' ', byte('0'+h/10), byte('0'+h%10), ':', byte('0'+m/10), byte('0'+m%10), ':', '0', '0'))
	}
	s.WriteByte(',')
}

func (s *sheet) orderID(customer int64, order int32, letter byte) {
	s.Write(append(appendOrderID(s.space[:0], customer, order, letter), ','))
}

func (s *sheet) customer(number int64) {
	s.Write(append(strconv.AppendInt(append(s.space[:0], "K-"...), number+1001, 10), ','))
}

// pages writes the block as CSV rows.
func (b *Block) pages() pages {
	var sheets [tables]sheet
	for t := range sheets {
		sheets[t].calendar = b.shop.calendar
	}
	sheets[orders].Grow(150 * len(b.lines)) // a line is 135 bytes; growing by doubling costs a third of the time
	for i := range b.lines {
		b.writeLine(&sheets[orders], &b.lines[i])
	}
	for _, l := range b.lives {
		writeCustomer(&sheets[customers], b.shop.customer(l))
		writeTruth(&sheets[truth], l.truth)
	}
	b.writeRecords(&sheets)
	var p pages
	for t := range sheets {
		p[t] = sheets[t].Bytes()
	}
	return p
}

func (b *Block) writeLine(s *sheet, r *line) {
	a := &b.shop.goods[r.article]
	s.orderID(r.customer, r.order, r.letter())
	s.customer(r.customer)
	s.moment(r.at)
	s.whole(int64(r.number))
	s.word(a.code)
	s.word(a.inFile)
	s.word(a.category)
	s.whole(int64(r.quantity))
	s.money(r.unit)
	s.money(r.amount())
	s.money(r.cost)
	s.money(r.list)
	s.money(r.discount)
	s.word(r.offer())
	s.word(currency)
	s.day(r.promised)
	s.day(r.delivered)
	if r.creditOf != 0 {
		s.orderID(r.customer, r.creditOf, 'F')
	} else {
		s.none()
	}
	s.end()
}

func writeCustomer(s *sheet, c behold.Customer) {
	for _, v := range []string{c.ID, c.Name, c.Kind, c.Email, c.Phone, c.RegistrationNo, c.VATNo, c.Country,
		c.Region, c.Language, c.Segment, c.Colleague} {
		s.text(v)
	}
	s.day(c.Since)
	s.text(c.AcquiredBy)
	s.text(c.AcquiredOffer)
	s.money(c.AcquisitionCost.Minor)
	s.text(c.PriceList)
	s.yes(c.Captive)
	s.yes(c.VIP)
	s.yes(c.SurveyOptOut)
	s.yes(c.MarketingOptOut)
	s.day(c.ClosedOn)
	s.text(c.ClosedReason)
	s.text(strings.Join(c.Tags, ";"))
	s.end()
}

func writeTruth(s *sheet, t Truth) {
	s.word(t.Customer)
	s.day(t.LeftOn)
	s.word(string(t.Reason))
	s.day(t.Since)
	s.end()
}
