package sample

import "fmt"

// An article is one thing the wholesaler sells.
type article struct {
	code, name, category string
	inFile               string  // the name, quoted when a CSV file needs it
	base                 int64   // list price in øre in the first half-year
	cost                 float64 // share of the list price that the company pays
}

// A range of goods with what is usual in it.
type category struct {
	name   string
	lines  float64 // lines beyond the first on one order
	pieces float64 // usual quantity
	every  float64 // how many orders pass between two purchases, at least 1
	goods  []ware
}

type ware struct {
	name  string
	price float64 // kroner
}

// durable is the category that is replaced once or twice a year.
const durable = 9

func ranges() []category {
	return []category{
		{"Kaffe", 0.8, 6, 1, []ware{{"Mørkristet kaffe 1 kg", 129}, {"Mellemristet kaffe 1 kg", 119}, {"Espressobønner 1 kg", 149}, {"Koffeinfri kaffe 500 g", 84}, {"Filterkaffe økologisk 500 g", 79}, {"Instantkaffe 200 g", 62}, {"Kakao 750 g", 96}, {"Te i breve 100 stk.", 58}}},
		{"Mejeri", 1.6, 10, 1, []ware{{"Sødmælk 1 l", 11.5}, {"Letmælk 1 l", 10.5}, {"Piskefløde 1 l", 46}, {"Smør 250 g", 22}, {"Skyr 1 kg", 29}, {"Mild ost i skiver 1 kg", 92}, {"Havredrik 1 l", 16}, {"Æg 30 stk.", 69}}},
		{"Mel og bageri", 1.2, 8, 1.3, []ware{{"Hvedemel 12,5 kg", 98}, {"Rugmel 12,5 kg", 94}, {"Speltmel 5 kg", 76}, {"Bagegær 500 g", 14}, {"Sukker 10 kg", 118}, {"Marcipan 2,5 kg", 212}, {"Mørk chokolade 2,5 kg", 268}, {"Birkes 1 kg", 63}}},
		{"Frugt og grønt", 1.8, 7, 1, []ware{{"Kartofler 10 kg", 69}, {"Løg 5 kg", 38}, {"Gulerødder 5 kg", 42}, {"Salat 12 stk.", 88}, {"Tomater 6 kg", 112}, {"Æbler 12 kg", 139}, {"Citroner 5 kg", 98}, {"Champignon 2 kg", 74}}},
		{"Frost", 1.2, 5, 1.6, []ware{{"Pommes frites 10 kg", 158}, {"Ærter 10 kg", 126}, {"Rugbrødsboller 80 stk.", 174}, {"Kyllingefilet 5 kg", 329}, {"Laks i portioner 5 kg", 548}, {"Vaniljeis 5 l", 142}, {"Jordbær 10 kg", 238}, {"Croissanter 60 stk.", 189}}},
		{"Kolonial", 1.4, 6, 1.5, []ware{{"Ris 10 kg", 149}, {"Pasta 5 kg", 72}, {"Hakkede tomater 2,5 kg", 29}, {"Rapsolie 10 l", 219}, {"Salt 10 kg", 48}, {"Sennep 2 kg", 54}, {"Remoulade 2,5 kg", 68}, {"Syltede agurker 4 kg", 86}}},
		{"Drikkevarer", 1.0, 9, 1.4, []ware{{"Kildevand 24 stk.", 92}, {"Hyldeblomstsaft 5 l", 118}, {"Æblemost 12 stk.", 156}, {"Sodavand 24 stk.", 142}, {"Pilsner fustage 25 l", 612}, {"Hvidvin 6 fl.", 342}, {"Rødvin 6 fl.", 354}, {"Tonic 24 stk.", 168}}},
		{"Emballage", 0.9, 4, 2.2, []ware{{"Kaffekrus pap 1000 stk.", 389}, {"Låg til krus 1000 stk.", 214}, {"Papirposer 500 stk.", 168}, {"Pizzaæsker 100 stk.", 186}, {"Husholdningsfilm 300 m", 74}, {"Bagepapir 500 ark", 128}, {"Sandwichæsker 250 stk.", 246}, {"Træbestik 1000 sæt", 448}}},
		{"Rengøring", 1.0, 4, 2.4, []ware{{"Opvaskemiddel 10 l", 196}, {"Afspænding 10 l", 184}, {"Universalrens 5 l", 98}, {"Håndsæbe 5 l", 112}, {"Klude 50 stk.", 84}, {"Affaldssække 250 stk.", 168}, {"Toiletpapir 64 rl.", 219}, {"Køkkenrulle 12 rl.", 142}}},
		{"Filtre og reservedele", 0.3, 1.4, 0, []ware{{"Vandfilter til kaffemaskine", 648}, {"Pakningssæt til ovn", 892}, {"Emhættefilter", 468}, {"Afkalkningssæt", 326}, {"Brygkande 2,2 l", 584}, {"Knivsæt til slicer", 1248}, {"Filterpatron XL", 928}, {"Servicesæt opvask", 1486}}},
	}
}

func assortment(all []category) (goods []article, byCategory [][]int16) {
	for c, r := range all {
		byCategory = append(byCategory, nil)
		for i, w := range r.goods {
			byCategory[c] = append(byCategory[c], int16(len(goods)))
			goods = append(goods, article{
				code: fmt.Sprintf("%d", 1000*(c+1)+10*i+7), name: w.name, inFile: quoted(w.name), category: r.name,
				base: int64(w.price * 100), cost: 0.66 + 0.02*float64(i%5),
			})
		}
	}
	return goods, byCategory
}

// listPrice of an article after so many half-years: one and a half per cent
// more each January and July, rounded to a quarter krone.
func (a article) listPrice(halfYears int) int64 {
	price := float64(a.base)
	for range halfYears {
		price *= 1.015
	}
	return (int64(price) + 12) / 25 * 25
}
