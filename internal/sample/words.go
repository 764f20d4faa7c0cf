package sample

import (
	"fmt"
	"strings"
)

// The words of which names are put together. Towns, people and businesses are
// invented; regions are the Danish ones.
var (
	firstNames  = []string{"Signe", "Mette", "Karen", "Lærke", "Astrid", "Birgit", "Dorte", "Ellen", "Frida", "Gerda", "Hanne", "Inge", "Jytte", "Kirsten", "Lone", "Nanna", "Oda", "Pernille", "Rikke", "Solveig", "Anders", "Bjarne", "Carsten", "Ditlev", "Erik", "Flemming", "Gorm", "Henning", "Ib", "Jens", "Kaj", "Laurits", "Mads", "Niels", "Ove", "Palle", "Rasmus", "Søren", "Troels", "Viggo"}
	lastNames   = []string{"Mågelund", "Klitgren", "Tangbo", "Revsten", "Fyrholt", "Havtorn", "Lyngfelt", "Strandmark", "Engskov", "Bølgedal", "Rørkær", "Ravnkilde", "Sivholm", "Askebæk", "Tjørnager", "Muldgaard", "Vindfeld", "Skærlund", "Tornmark", "Hvidklint"}
	openings    = []string{"Måge", "Tang", "Klit", "Ravne", "Fyr", "Havtorne", "Lyng", "Siv", "Bølge", "Rør", "Aske", "Tjørne", "Vind", "Skær", "Torne", "Hejre", "Strand", "Muld", "Kløver", "Humle", "Blåbær", "Timian", "Sølv", "Guld", "Kobber", "Regn", "Sommer", "Vinter", "Måne", "Sten"}
	endings     = []string{"krogen", "gryden", "skeen", "reden", "huset", "køkkenet", "stuen", "hjørnet", "kanden", "bordet", "haven", "loftet", "porten", "broen", "kilden", "bakken", "pladsen", "gården", "disken", "svinget", "skuret", "taget", "vognen", "kajen", "skæppen"}
	townStarts  = []string{"Måge", "Ravn", "Klint", "Tang", "Hejre", "Fyr", "Siv", "Humle", "Skær", "Torn", "Eng", "Muld"}
	townEndings = []string{"køb", "vig", "sted", "havn", "løse", "bølle", "strup", "rup", "lev", "kær"}
	streets     = []string{"", "", "", "", " Nord", " Syd", " Torv", " Havn"}
	regions     = []string{"Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland"}
)

// A trade is a kind of customer.
type trade struct {
	title   string // before the name
	segment string
	share   float64
	size    float64 // how much they buy at a time
	season  season
	loves   []int // categories they are likely to have
}

func trades() []trade {
	return []trade{
		{"Café", "cafe", 22, 0.8, ordinary, []int{0, 1, 2, 7, 6}},
		{"Bageriet", "bakery", 12, 1.3, ordinary, []int{2, 1, 7, 8}},
		{"Hotel", "hotel", 9, 1.8, summer, []int{1, 3, 4, 6, 8, 0}},
		{"Kantine", "canteen", 16, 1.5, ordinary, []int{3, 5, 1, 4, 8}},
		{"Restaurant", "restaurant", 14, 1.2, ordinary, []int{3, 4, 5, 6, 8}},
		{"Ishuset", "kiosk", 4, 0.7, summer, []int{4, 7, 6, 1}},
		{"Madhuset", "takeaway", 8, 0.9, ordinary, []int{7, 5, 4, 3}},
		{"Plejehjemmet", "care", 5, 1.4, ordinary, []int{1, 3, 5, 8, 0}},
		{"Købmanden", "shop", 6, 1.1, ordinary, []int{5, 6, 1, 0}},
		{"", "private", 4, 0.3, ordinary, []int{0, 6, 5}},
	}
}

func businessName(d *dice, title string) string {
	return title + " " + one(d, openings) + one(d, endings) + " i " + one(d, townStarts) + one(d, townEndings) + one(d, streets)
}

func personName(d *dice) string { return one(d, firstNames) + " " + one(d, lastNames) }

// ascii writes a name as it stands in an address.
func ascii(name string) string {
	return strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa").Replace(strings.ToLower(name))
}

// phone begins with 00, as no Danish number does.
func phone(n int64) string {
	return fmt.Sprintf("+45 00 %02d %02d %02d", n/10000%100, n/100%100, n%100)
}
