package web

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"behold"
)

// icalendar writes events as RFC 5545 has them: each a whole day that keeps nobody
// busy. The same events give the same bytes.
func icalendar(name string, events []event) []byte {
	var b bytes.Buffer
	line := func(name, value string) { fold(&b, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Behold//Behold//EN")
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	line("X-WR-CALNAME", escaped(name))
	line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
	line("X-PUBLISHED-TTL", "PT1H")
	for _, e := range events {
		line("BEGIN", "VEVENT")
		line("UID", e.uid+"@behold")
		line("DTSTAMP", e.stamp.UTC().Format("20060102T150405Z"))
		line("SEQUENCE", fmt.Sprint(e.sequence))
		line("DTSTART;VALUE=DATE", dateText(e.on))
		line("DTEND;VALUE=DATE", dateText(e.on+1))
		line("SUMMARY", escaped(e.says))
		if e.url != "" {
			line("URL", e.url)
		}
		if e.status == "" {
			e.status = "CONFIRMED"
		}
		line("STATUS", e.status)
		line("TRANSP", "TRANSPARENT")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return b.Bytes()
}

func dateText(day behold.Day) string { return day.Time().Format("20060102") }

// escaped is text as a value: backslash, semicolon, comma and the end of a line
// are written out (RFC 5545, 3.3.11), other control characters left out.
func escaped(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, ""))
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, text)
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(text)
}

// fold writes a line in pieces of at most 75 octets, none of which ends inside a
// letter (RFC 5545, 3.1).
func fold(b *bytes.Buffer, line string) {
	const most = 75
	room := most
	for len(line) > room {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut] + "\r\n ")
		line, room = line[cut:], most-1
	}
	b.WriteString(line + "\r\n")
}
