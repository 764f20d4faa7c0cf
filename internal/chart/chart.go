// Package chart draws pictures as SVG: data in, a string out.
//
// It stands on the floor of judgement: it opens nothing, knows no clock and no
// language. The words in a picture are given by the caller, already said in
// the reader's language; colours come from the page's style sheet by class, so
// that one picture serves the page by day, by night and on paper. Before it
// come forecasts and order summaries, after it the pages and letters, which
// put a table beside every picture.
package chart

import (
	"encoding/xml"
	"strconv"
	"strings"

	"behold"
)

// A sheet is an SVG picture being drawn.
type sheet struct {
	strings.Builder
	width, height float64
}

// open begins a picture with the name and the description that a screen
// reader reads. id must be unique within the page.
func (s *sheet) open(class, id, title, desc string) {
	s.WriteString(`<svg class="` + class + `" viewBox="0 0 ` + num(s.width) + ` ` + num(s.height) +
		`" width="` + num(s.width) + `" height="` + num(s.height) + `" role="img" aria-labelledby="` + id + `-t`)
	if desc != "" {
		s.WriteString(` ` + id + `-d`)
	}
	s.WriteString(`"><title id="` + id + `-t">` + escape(title) + `</title>`)
	if desc != "" {
		s.WriteString(`<desc id="` + id + `-d">` + escape(desc) + `</desc>`)
	}
	s.WriteByte('\n')
}

func (s *sheet) close() string {
	s.WriteString("</svg>")
	return s.String()
}

type box struct{ x, y, w, h float64 }

// rect draws a box; hint, if any, is what a pointer resting on it reads.
func (s *sheet) rect(class string, b box, round float64, hint string) {
	s.WriteString(`<rect class="` + class + `" x="` + num(b.x) + `" y="` + num(b.y) +
		`" width="` + num(b.w) + `" height="` + num(b.h) + `"`)
	if round > 0 {
		s.WriteString(` rx="` + num(round) + `"`)
	}
	s.shut("rect", hint)
}

func (s *sheet) dot(class string, x, y, r float64, hint string) {
	s.WriteString(`<circle class="` + class + `" cx="` + num(x) + `" cy="` + num(y) + `" r="` + num(r) + `"`)
	s.shut("circle", hint)
}

func (s *sheet) shut(element, hint string) {
	if hint == "" {
		s.WriteString("/>\n")
		return
	}
	s.WriteString("><title>" + escape(hint) + "</title></" + element + ">\n")
}

func (s *sheet) line(class string, x1, y1, x2, y2 float64) {
	s.WriteString(`<line class="` + class + `" x1="` + num(x1) + `" y1="` + num(y1) +
		`" x2="` + num(x2) + `" y2="` + num(y2) + `"/>` + "\n")
}

// text writes a word at the left end of span, which says where it fits.
func (s *sheet) text(class string, p span, y float64, word string) {
	if word == "" {
		return
	}
	x, anchor := p.from, ""
	if p.to >= s.width { // held at its end, since its width is only guessed
		x, anchor = s.width, `" text-anchor="end`
	}
	s.WriteString(`<text class="` + class + `" x="` + num(x) + `" y="` + num(y) + anchor + `">` + escape(word) + "</text>\n")
}

// A span is a piece of a line of text, from left to right.
type span struct{ from, to float64 }

func (p span) meets(q span) bool { return p.from < q.to+10 && q.from < p.to+10 }

// around puts a word's span with its middle at x, pushed inside the picture.
func (s *sheet) around(x float64, word string) span {
	w := textWidth(word)
	from := min(max(0, x-w/2), max(0, s.width-w))
	return span{from, from + w}
}

// textWidth guesses how wide a word is at the pictures' size of 12 units: a
// picture made on the server cannot ask the font.
func textWidth(word string) float64 {
	w := 0.0
	for _, r := range word {
		switch {
		case strings.ContainsRune("iljtfr.,:;' |", r):
			w += 4.8
		case r >= 'A' && r <= 'Z' || r == 'm' || r == 'w':
			w += 9.6
		default:
			w += 7.4
		}
	}
	return w
}

// A scale puts days on a line.
type scale struct {
	from, to    behold.Day
	left, right float64
}

func (s scale) x(d behold.Day) float64 {
	if s.to <= s.from {
		return s.right
	}
	return s.left + (s.right-s.left)*float64(d-s.from)/float64(s.to-s.from)
}

func (s scale) holds(d behold.Day) bool { return d.Known() && d >= s.from && d <= s.to }

// clip cuts a run of days to those that the picture shows.
func (s scale) clip(from, to behold.Day) (float64, float64, bool) {
	if !from.Known() || !to.Known() || to < s.from || from > s.to || to < from {
		return 0, 0, false
	}
	return s.x(max(from, s.from)), s.x(min(to, s.to)), true
}

// num writes a coordinate with at most one decimal, so that pictures stay
// small and the same on every machine.
func num(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

func escape(text string) string {
	var b strings.Builder
	// A strings.Builder takes everything; invalid runes become U+FFFD.
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}
