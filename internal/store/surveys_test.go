package store

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"behold"
)

var askedAt = time.Date(2025, 3, 14, 5, 0, 0, 0, time.UTC)

func drawn(customer, stratum string, pi float64) behold.Invite {
	return behold.Invite{
		Day: day1, Stream: behold.StreamLevel, Customer: customer, Number: 7, Firm: "12345678", Address: "a@b.example", Language: "da", Country: "DK",
		Stratum: stratum, Pi: pi, Items: []string{"easy", "fast", "safe", "expectations"}, Next: askedAt, Made: askedAt,
	}
}

func aDraw(on behold.Day, eligible, taken int) behold.SurveyDay {
	return behold.SurveyDay{Day: on, Seed: math.MaxUint64 - 3, AsOf: on - 1, Frame: eligible, Size: taken, Made: askedAt, Strata: []behold.StratumDraw{
		{Stream: behold.StreamLevel, Stratum: "high-old-active", Population: 40, Eligible: eligible, Taken: taken, Spread: 0.5, Target: 1.7},
	}}
}

func TestADayHasOneDraw(t *testing.T) {
	s := open(t)
	first := aDraw(day1, 20, 2)
	invites := []behold.Invite{drawn("K-1", "high-old-active", 0.1), drawn("k-2", "high-old-active", 0.1)}
	if isNew, err := s.SaveDraw(t.Context(), &first, invites); err != nil || !isNew || invites[1].ID != 2 {
		t.Fatalf("%v %v, ids %d %d", isNew, err, invites[0].ID, invites[1].ID)
	}
	again := aDraw(day1, 99, 3)
	if isNew, err := s.SaveDraw(t.Context(), &again, []behold.Invite{drawn("K-3", "x", 1)}); err != nil || isNew {
		t.Fatalf("a second draw of the day: %v, %v", isNew, err)
	}
	second := aDraw(day2, 10, 1)
	if _, err := s.SaveDraw(t.Context(), &second, nil); err != nil {
		t.Fatal(err)
	}
	days, err := s.SurveyDays(t.Context(), day1, day2)
	if err != nil || len(days) != 2 {
		t.Fatalf("%+v, %v", days, err)
	}
	if diff := cmp.Diff(first, days[0]); diff != "" {
		t.Error(diff)
	}
	list, err := s.Invites(t.Context(), day1, day2)
	if err != nil || len(list) != 2 {
		t.Fatalf("%d invitations, %v", len(list), err)
	}
	want := drawn("K-1", "high-old-active", 0.1)
	want.ID, want.State, want.Until, want.Answered = 1, behold.InviteWaits, behold.NoDay, behold.NoDay
	want.Window = list[0].Window
	if diff := cmp.Diff(want, list[0]); diff != "" {
		t.Error(diff)
	}
	if w := list[0].Window; math.Abs(w-(1-0.9*0.9)) > 1e-12 {
		t.Errorf("the chance of both days is %v", w)
	}
	if one, err := s.InvitesOf(t.Context(), " K-2 "); err != nil || len(one) != 1 || one[0].Customer != "k-2" {
		t.Errorf("%+v, %v", one, err)
	}
}

// An invitation is taken once, is taken again when its taker died, is reminded of
// once, and of one that was answered nobody is reminded.
func TestInvitationsAreTakenOnce(t *testing.T) {
	s := open(t)
	d := aDraw(day1, 20, 2)
	if _, err := s.SaveDraw(t.Context(), &d, []behold.Invite{drawn("K-1", "a", 0.1)}); err != nil {
		t.Fatal(err)
	}
	at := askedAt
	take := func(want behold.InviteState) behold.Invite {
		t.Helper()
		i, ok, err := s.ClaimInvite(t.Context(), at, 10*time.Minute)
		if err != nil || ok != (want != "") || i.State != want {
			t.Fatalf("took %v %q, %v; want %q", ok, i.State, err, want)
		}
		return i
	}
	if at = askedAt.Add(-time.Hour); true {
		take("")
	}
	at = askedAt
	take(behold.InviteLeaves)
	take("")
	at = at.Add(11 * time.Minute) // whoever took it has died
	i := take(behold.InviteLeaves)
	i.State, i.Sent, i.Next, i.Until = behold.InviteSent, at, at.AddDate(0, 0, 7), day1+30
	if err := s.MarkInvite(t.Context(), &i); err != nil {
		t.Fatal(err)
	}
	take("")
	at = at.AddDate(0, 0, 7)
	i = take(behold.InviteReminds)
	i.State, i.Reminded = behold.InviteReminded, at
	if err := s.MarkInvite(t.Context(), &i); err != nil {
		t.Fatal(err)
	}
	at = at.AddDate(0, 0, 70)
	take("")
	if err := s.MarkInvite(t.Context(), &behold.Invite{ID: i.ID, State: behold.InviteWaits}); err != nil {
		t.Fatal(err)
	}
	take("") // it was not taken, so nothing is to be said of it
}

func TestRepliesAreOnePerItem(t *testing.T) {
	s := open(t)
	d := aDraw(day1, 20, 2)
	invites := []behold.Invite{drawn("K-1", "a", 0.1)}
	if _, err := s.SaveDraw(t.Context(), &d, invites); err != nil {
		t.Fatal(err)
	}
	id := invites[0].ID
	if err := s.LinkInvite(t.Context(), "mark", id); err != nil {
		t.Fatal(err)
	}
	if _, err := s.InviteOf(t.Context(), "another"); behold.KindOf(err) != behold.NotFound {
		t.Errorf("an address that is none: %v", err)
	}
	at := askedAt.Add(time.Hour)
	nan := math.NaN()
	give := func(finish time.Time, replies ...behold.Reply) {
		t.Helper()
		if err := s.SaveReplies(t.Context(), id, replies, at, finish); err != nil {
			t.Fatal(err)
		}
	}
	give(time.Time{}, behold.Reply{Item: "satisfaction", Value: 2, Scale: 5}, behold.Reply{Item: "why", Value: nan, Scale: nan, Text: "Langsomt."})
	size, _, err := s.SurveyBook(t.Context(), day1)
	if err != nil {
		t.Fatal(err)
	}
	give(time.Time{}, behold.Reply{Item: "satisfaction", Value: 2, Scale: 5}) // sent twice
	if again, _, err := s.SurveyBook(t.Context(), day1); err != nil || again != size {
		t.Errorf("the same answer counts as new: %d, then %d, %v", size, again, err)
	}
	give(at, behold.Reply{Item: "satisfaction", Value: 4, Scale: 5, Form: 3})
	list, err := s.Replies(t.Context(), 0, math.MaxInt64)
	if err != nil || len(list) != 2 || list[1].Value != 4 || list[1].Form != 3 || !math.IsNaN(list[0].Value) || list[0].Text != "Langsomt." {
		t.Fatalf("%+v, %v", list, err)
	}
	i, err := s.InviteOf(t.Context(), "mark")
	if err != nil || !i.Answered.Known() || !i.Finished.Equal(at) {
		t.Errorf("%+v, %v", i, err)
	}
	if _, ok, err := s.ClaimInvite(t.Context(), askedAt.AddDate(1, 0, 0), time.Minute); ok || err != nil {
		t.Errorf("one who answered is written to again: %v", err)
	}
}

func TestWhoWantsNoSurveys(t *testing.T) {
	s := open(t)
	d := aDraw(day1, 20, 2)
	if _, err := s.SaveDraw(t.Context(), &d, []behold.Invite{drawn("K-1", "a", 0.1)}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.StopSurveys(t.Context(), "k-1", "a@b.example", askedAt); err != nil {
			t.Fatal(err)
		}
	}
	stops, err := s.SurveyStops(t.Context())
	if err != nil || len(stops) != 1 || stops[0] != (behold.SurveyStop{Customer: "k-1", Address: "a@b.example"}) {
		t.Errorf("%+v, %v", stops, err)
	}
	if _, ok, err := s.ClaimInvite(t.Context(), askedAt.AddDate(0, 1, 0), time.Minute); ok || err != nil {
		t.Errorf("they are written to all the same: %v", err)
	}
}

func TestTheQuestionnaireHasVersions(t *testing.T) {
	s := open(t)
	if none, err := s.SurveyText(t.Context(), -1); err != nil || none.Version != 0 {
		t.Fatalf("%+v, %v", none, err)
	}
	for n, word := range []string{"Hvor glad er du?", "Hvor tilfreds er du?"} {
		v := behold.SurveyText{Words: map[string]map[string]string{"da": {"satisfaction": word}}, Who: "mette@firm.example", At: askedAt}
		if err := s.SaveSurveyText(t.Context(), &v); err != nil || v.Version != int64(n+1) {
			t.Fatalf("version %d, %v", v.Version, err)
		}
	}
	old, err := s.SurveyText(t.Context(), 1)
	if err != nil || old.Words["da"]["satisfaction"] != "Hvor glad er du?" {
		t.Errorf("%+v, %v", old, err)
	}
	if last, err := s.SurveyText(t.Context(), -1); err != nil || last.Version != 2 || last.Who != "mette@firm.example" {
		t.Errorf("%+v, %v", last, err)
	}
}

func TestVoicesAtATouchpoint(t *testing.T) {
	s := open(t)
	p := behold.SurveyPlace{Token: "abc", Name: "Disken", Touchpoint: "purchase", Made: askedAt}
	if err := s.SaveSurveyPlace(t.Context(), &p); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		err := s.SavePlaceAnswers(t.Context(), p.ID, "form 1", []behold.PlaceAnswer{{Item: "satisfaction", Value: 5, Scale: 5, At: askedAt}})
		if err != nil {
			t.Fatal(err)
		}
	}
	voices, err := s.PlaceAnswers(t.Context(), askedAt, askedAt.Add(time.Hour))
	if err != nil || len(voices) != 1 || voices[0].Touchpoint != "purchase" || voices[0].Value != 5 {
		t.Fatalf("%+v, %v", voices, err)
	}
	if err := s.CloseSurveyPlace(t.Context(), p.ID, true); err != nil {
		t.Fatal(err)
	}
	if found, err := s.SurveyPlace(t.Context(), "abc"); err != nil || !found.Closed || found.Forms != 1 {
		t.Errorf("%+v, %v", found, err)
	}
	for _, token := range []string{"", "x"} {
		if _, err := s.SurveyPlace(t.Context(), token); behold.KindOf(err) != behold.NotFound {
			t.Errorf("token %q: %v", token, err)
		}
	}
}
