package app

import (
	"strings"
	"time"
	_ "time/tzdata" // a machine without time zones writes to nobody at night

	"behold"
)

// zones are the clocks by which people of a country live; of countries with
// several, that of its largest city.
func zones() map[string]string {
	return map[string]string{
		"DK": "Europe/Copenhagen", "SE": "Europe/Stockholm", "NO": "Europe/Oslo", "FI": "Europe/Helsinki", "IS": "Atlantic/Reykjavik",
		"FO": "Atlantic/Faroe", "GL": "America/Nuuk", "NL": "Europe/Amsterdam", "BE": "Europe/Brussels", "LU": "Europe/Luxembourg",
		"DE": "Europe/Berlin", "AT": "Europe/Vienna", "CH": "Europe/Zurich", "FR": "Europe/Paris", "ES": "Europe/Madrid", "PT": "Europe/Lisbon",
		"IT": "Europe/Rome", "PL": "Europe/Warsaw", "CZ": "Europe/Prague", "EE": "Europe/Tallinn", "LV": "Europe/Riga", "LT": "Europe/Vilnius",
		"GB": "Europe/London", "IE": "Europe/Dublin", "GR": "Europe/Athens", "TR": "Europe/Istanbul", "US": "America/New_York", "CA": "America/Toronto",
		"AU": "Australia/Sydney", "NZ": "Pacific/Auckland", "JP": "Asia/Tokyo", "IN": "Asia/Kolkata", "CN": "Asia/Shanghai", "SG": "Asia/Singapore",
	}
}

// opens is the first moment from a time on at which somebody in a country is
// written to: between the hours of the rules by their own clock, Monday to Friday.
// Of a country whose clock is not known it is that of home.
func opens(rules *behold.Surveys, country string, from time.Time, home *time.Location) time.Time {
	zone := home
	if name, known := zones()[strings.ToUpper(country)]; known {
		if there, err := time.LoadLocation(name); err == nil {
			zone = there
		}
	}
	at := from.In(zone)
	for range 8 {
		y, m, d := at.Date()
		opens, closes := time.Date(y, m, d, rules.From, 0, 0, 0, zone), time.Date(y, m, d, rules.To, 0, 0, 0, zone)
		weekend := at.Weekday() == time.Saturday || at.Weekday() == time.Sunday
		switch {
		case !weekend && at.Before(opens):
			return opens
		case !weekend && at.Before(closes):
			return at
		}
		at = time.Date(y, m, d+1, 0, 0, 0, 0, zone)
	}
	return from
}
