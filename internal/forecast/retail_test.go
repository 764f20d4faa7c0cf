package forecast

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/realdata"
)

// A shopDay is what one customer did on one day, while a file is being read.
type shopDay struct {
	orders           map[string]int64
	bought, credited int64
	goods, returns   int32
}

// readRetail puts both years of the UK wholesaler together; orders in both
// files count once.
func readRetail(t testing.TB) *behold.Histories {
	t.Helper()
	later := readShop(t, "data/online_retail_2010_2011.csv.gz", nil)
	seen := map[string]bool{}
	for _, days := range later {
		for _, d := range days {
			for number := range d.orders {
				seen[number] = true
			}
		}
	}
	earlier := readShop(t, "data/online_retail_2009_2010.csv.gz", seen)
	for customer, days := range earlier {
		if later[customer] == nil {
			later[customer] = map[behold.Day]*shopDay{}
		}
		for day, d := range days {
			later[customer][day] = joined(later[customer][day], d)
		}
	}
	return histories(later)
}

func joined(a, b *shopDay) *shopDay {
	if a == nil {
		return b
	}
	for number, v := range b.orders {
		a.orders[number] += v
	}
	a.bought, a.credited, a.goods, a.returns = a.bought+b.bought, a.credited+b.credited, a.goods+b.goods, a.returns+b.returns
	return a
}

// readShop adds up the lines of a file by customer and day, leaving out the
// orders in skip and the lines without a customer.
func readShop(t testing.TB, name string, skip map[string]bool) map[string]map[behold.Day]*shopDay {
	t.Helper()
	file, err := os.Open(realdata.Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(unzipped)
	r.ReuseRecord = true
	if _, err := r.Read(); err != nil {
		t.Fatal(err)
	}
	shop := map[string]map[behold.Day]*shopDay{}
	for {
		row, err := r.Read()
		if err == io.EOF {
			return shop
		}
		if err != nil {
			t.Fatal(err)
		}
		if row[6] == "" || skip[row[0]] {
			continue
		}
		addShopLine(t, shop, row)
	}
}

func addShopLine(t testing.TB, shop map[string]map[behold.Day]*shopDay, row []string) {
	t.Helper()
	at, err := time.Parse(time.DateTime, row[4])
	if err != nil {
		t.Fatal(err)
	}
	quantity, _ := strconv.ParseFloat(row[3], 64)
	price, _ := strconv.ParseFloat(row[5], 64)
	customer, day := strings.Clone(strings.TrimSuffix(row[6], ".0")), behold.DayOf(at)
	if shop[customer] == nil {
		shop[customer] = map[behold.Day]*shopDay{}
	}
	d := shop[customer][day]
	if d == nil {
		d = &shopDay{orders: map[string]int64{}}
		shop[customer][day] = d
	}
	amount := int64(math.Round(100 * quantity * price))
	d.orders[strings.Clone(row[0])] += amount
	if strings.HasPrefix(row[0], "C") || quantity < 0 {
		d.credited += amount
		d.returns++
		return
	}
	d.bought += amount
	d.goods++
}

// histories puts the days into columns, customers in order of their ids.
func histories(shop map[string]map[behold.Day]*shopDay) *behold.Histories {
	h := &behold.Histories{Currency: "GBP", Start: []int{0}, Kinds: behold.Kinds{First: []int{0}, Start: []int{0}}}
	var ids []string
	for id := range shop {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for number, id := range ids {
		var days []behold.Day
		for day := range shop[id] {
			days = append(days, day)
		}
		slices.Sort(days)
		for _, day := range days {
			d := shop[id][day]
			orders := int32(0)
			for _, v := range d.orders {
				if v > 0 {
					orders++
				}
			}
			h.Day = append(h.Day, day)
			h.Orders = append(h.Orders, orders)
			h.Bought = append(h.Bought, d.bought)
			h.Credited = append(h.Credited, d.credited)
			h.Goods = append(h.Goods, d.goods)
			h.Returns = append(h.Returns, d.returns)
			h.AsOf = max(h.AsOf, day)
		}
		h.Customer = append(h.Customer, int32(number))
		h.Start = append(h.Start, len(h.Day))
		h.Kinds.First = append(h.Kinds.First, 0)
	}
	return h
}

// dayCounts are the orders a day that were known by h's day.
func dayCounts(h *behold.Histories) []behold.DayCount {
	count := map[behold.Day]int64{}
	for i, d := range h.Day {
		if h.Recorded == nil || h.Recorded[i] <= h.AsOf {
			count[d] += int64(h.Orders[i])
		}
	}
	var days []behold.DayCount
	for d, n := range count {
		days = append(days, behold.DayCount{Day: d, Orders: n})
	}
	slices.SortFunc(days, func(a, b behold.DayCount) int { return int(a.Day - b.Day) })
	return days
}

// auc is the chance that a leaver has a higher score than one who stayed.
func auc(score []float64, left []bool) float64 {
	order := make([]int, len(score))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case score[a] < score[b]:
			return -1
		case score[a] > score[b]:
			return 1
		}
		return 0
	})
	ranks, leavers := 0.0, 0.0
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && score[order[j]] == score[order[i]] {
			j++
		}
		for _, k := range order[i:j] {
			if left[k] {
				ranks += float64(i+j+1) / 2
				leavers++
			}
		}
		i = j
	}
	return (ranks - leavers*(leavers+1)/2) / (leavers * (float64(len(score)) - leavers))
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}
