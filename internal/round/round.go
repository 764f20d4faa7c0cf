// Package round walks past every customer once a day: it reads the facts
// recorded by then, has them forecast and judged, and hands what is lit to the
// store and how everybody stands to the warehouse.
//
// It is the work floor. Below it lie the judgement (forecast, lamp) and, behind
// small interfaces, the doors (warehouse, store); above it the faces and app.
// The same data, version, settings and seed give the same round, on any number
// of cores, however often a round of that day was begun before.
package round

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"behold"
	"behold/internal/lamp"
)

// Records is what a round reads and writes of the facts: the warehouse
// satisfies it.
type Records interface {
	Facts
	// Names gives the id and name of customers, in the order asked.
	Names(ctx context.Context, day behold.Day, numbers []int32) ([]behold.Customer, error)
	// FindRows fills in the ids of the rows of evidence.
	FindRows(ctx context.Context, lamps []behold.Lamp) error
	// KindNames gives the names of categories, as Histories numbers them.
	KindNames(ctx context.Context, day behold.Day, numbers []int32) (map[int32]string, error)
	// ProductNames gives the names of products, as Dealings number them.
	ProductNames(ctx context.Context, numbers []int32) (map[int32]string, error)
	// Remarks are what customers wrote from a day on, at most so many, by lot.
	Remarks(ctx context.Context, day, from behold.Day, most int, seed uint64) ([]behold.RemarkText, error)
	// Outcomes are what came of episodes, as known on a day.
	Outcomes(ctx context.Context, day behold.Day, currency string, episodes []behold.Episode) ([]behold.Outcome, error)
	// SaveStandings replaces the standings of a day and horizon.
	SaveStandings(ctx context.Context, day behold.Day, horizon int, rows func(yield func(*behold.Standing) error) error) error
	Books
}

// State is what a round reads and writes of the state: the store satisfies it.
type State interface {
	Settings(ctx context.Context) (behold.Settings, error)
	// OpenLamps are the lamps that were lit when the day began.
	OpenLamps(ctx context.Context, day behold.Day) ([]behold.Lamp, error)
	// LastRound is the last round of a day or before.
	LastRound(ctx context.Context, day behold.Day) (behold.Round, bool, error)
	// GoneLamps are those that went out in the days before the day began.
	GoneLamps(ctx context.Context, day behold.Day, days int) ([]behold.LampCard, error)
	// SaveRound keeps a round, once before has said that it may.
	SaveRound(ctx context.Context, r *behold.Round, cards []behold.LampCard, before func() error) error
	// LastReckoning is the last one from one day to another.
	LastReckoning(ctx context.Context, from, to behold.Day) (behold.Reckoning, bool, error)
	// SaveReckoning keeps what a round that was saved counted of the whole company.
	SaveReckoning(context.Context, *behold.Reckoning) error
}

// Options of a round.
type Options struct {
	Version  string
	Now      func() time.Time
	Progress func(done, total int64) // customers; may be nil
	Sizes    Sizes
	Lists    Lists
	Asked    Asked
	Texts    Texts
}

// Run walks a round as of day and keeps it: lamps in the store, standings in
// the warehouse. A round of that day that was kept before is replaced. The
// rounds of later days stay as they are.
func Run(ctx context.Context, day behold.Day, records Records, state State, opt Options) (*behold.Round, error) {
	seen, err := Look(ctx, day, 0, records, state, opt)
	if err != nil {
		return nil, err
	}
	if err := seen.read(ctx, records, &opt.Lists.Trial); err != nil {
		return nil, err
	}
	if err := seen.plan(ctx, records, opt.Lists); err != nil {
		return nil, err
	}
	if err := seen.readTexts(ctx, records, opt.Texts); err != nil {
		return nil, err
	}
	// Both at once; but a round without standings must never be seen.
	saving := make(chan error, 1)
	go func() { saving <- records.SaveStandings(ctx, day, seen.Round.Horizon, seen.Standings()) }()
	standings := sync.OnceValue(func() error { return <-saving })
	err = state.SaveRound(ctx, seen.Round, seen.Cards, standings)
	if failed := standings(); failed != nil {
		err = failed
	}
	if err != nil {
		return nil, err
	}
	return seen.Round, seen.keepReckoning(ctx, records, state, &opt.Lists)
}

// Seen is a round that was walked and not kept.
type Seen struct {
	Round *behold.Round
	Cards []behold.LampCard // lit and still lit, in order of customers
	found *found

	walk    *Walk
	counted *counting
}

// Standings hands over how everybody stands, in order of customers.
func (s *Seen) Standings() func(func(*behold.Standing) error) error {
	return s.found.standings(s.Cards)
}

// Look walks a round as of day and keeps nothing. A horizon of 0 is that of
// the settings.
func Look(ctx context.Context, day behold.Day, horizon int, records Records, state State, opt Options) (*Seen, error) {
	r := &behold.Round{Day: day, Started: opt.Now(), Version: opt.Version}
	var err error
	if r.Settings, err = state.Settings(ctx); err != nil {
		return nil, err
	}
	if horizon > 0 {
		r.Settings.HorizonDays = horizon
	}
	open, err := state.OpenLamps(ctx, day)
	if err != nil {
		return nil, err
	}
	frozen, err := frozenRule(ctx, state, day)
	if err != nil {
		return nil, err
	}
	walk, err := learn(ctx, records, day, r.Settings, opt, frozen)
	if err != nil {
		return nil, err
	}
	r.Horizon, r.Customers, r.Lines = walk.Model.Horizon, walk.Extent.Customers, walk.Extent.Lines
	if r.Model, err = json.Marshal(walk.Model); err != nil {
		return nil, err
	}
	counted, err := walk.counting(ctx, records)
	if err != nil {
		return nil, err
	}
	found, err := walk.find(ctx, records, open, counted, opt)
	if err != nil {
		return nil, err
	}
	gone, err := state.GoneLamps(ctx, day, lamp.RestDays)
	if err != nil {
		return nil, err
	}
	for i := range gone {
		open = append(open, gone[i].Lamp)
	}
	r.Lit, r.Still, r.Out = lamp.Step(day, open, found.judged, found.still)
	r.Records = walk.company.Calibration.Records()
	if err := findCommon(ctx, r, walk, state); err != nil {
		return nil, err
	}
	if err := found.voice(ctx, r, walk, records); err != nil {
		return nil, err
	}
	cards, err := found.cards(ctx, records, day, slices.Concat(r.Lit, r.Still))
	r.Finished = opt.Now()
	return &Seen{Round: r, Cards: cards, found: found, walk: walk, counted: counted}, err
}

// findCommon names what happened to many customers since the round before, and
// marks their lamps.
func findCommon(ctx context.Context, r *behold.Round, walk *Walk, state State) error {
	last, known, err := state.LastRound(ctx, r.Day-1)
	if err != nil {
		return err
	}
	before := behold.NoDay
	if known {
		before = last.Day
	}
	r.Common = lamp.CommonCauses(&walk.company.Calibration, r.Day, before, r.Customers, r.Lit, r.Still)
	lamp.MarkCommon(r.Lit, r.Common)
	lamp.MarkCommon(r.Still, r.Common)
	return nil
}
