package round_test

import (
	"testing"
	"time"

	"behold"
	"behold/internal/round"
)

// A team works from its lists for a quarter, a day a week: each Monday a round
// over real doors, then the first half of every list is taken and the rest lies.
// Every customer with a lamp that is awake is on a list or told why not; nobody
// gets more minutes or customers than they have; whoever is away gets none and is
// covered; and what lies is noticed.
func TestQuarter(t *testing.T) {
	h := open(t, 60, nil)
	settings, err := h.state.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	settings.Country, settings.HoldoutShare = "DK", 0
	if err := h.state.SaveSettings(t.Context(), settings, ""); err != nil {
		t.Fatal(err)
	}
	ann, bo, jo := "signe.1@example.com", "rasmus.3@example.com", "ib.2@example.com" // as the shop's customers name them
	crew := []behold.Colleague{{Email: ann, Role: behold.Member}, {Email: bo, Role: behold.Member}, {Email: jo, Role: behold.Manager}}
	force := behold.Workforce{
		Hours:    []behold.Hours{{Colleague: bo, Minutes: [7]float64{1: 45, 2: 45, 3: 45}}},
		Absences: []behold.Absence{{Colleague: ann, From: behold.Date(2025, 5, 12), To: behold.Date(2025, 5, 23)}},
	}
	lists := round.Lists{Colleagues: crew, Workforce: force}
	covered, lying, done := 0, 0, 0
	used := map[string]float64{}
	for day := behold.Date(2025, 4, 7); day < behold.Date(2025, 6, 30); day += 7 {
		r := h.runWith(t, day, lists)
		on, told := map[int32]bool{}, map[int32]bool{}
		minutes, tasks := map[string]float64{}, map[string]int{}
		for i := range r.Tasks.Tasks {
			task := &r.Tasks.Tasks[i]
			on[task.Customer] = true
			minutes[task.Colleague], tasks[task.Colleague] = minutes[task.Colleague]+task.Step.Minutes, tasks[task.Colleague]+1
			if task.Covered {
				covered++
			}
			lying += task.Lying
			if task.Place*2 <= settings.TasksToday {
				act := behold.Act{Customer: task.ID, Kind: task.Lamp, State: behold.Acknowledged, Who: task.Colleague, At: day.Time().Add(9 * time.Hour), Until: behold.NoDay}
				if err := h.state.SaveAct(t.Context(), &act); err != nil {
					t.Fatal(day, task.ID, err)
				}
				lists.Acts, done = append(lists.Acts, act), done+1
			}
		}
		for _, p := range r.Passed {
			told[p.Customer] = true
		}
		for _, l := range append(append([]behold.Lamp{}, r.Lit...), r.Still...) {
			if on[l.Customer] == told[l.Customer] {
				t.Errorf("%v: customer %d is on a list: %v, and told why not: %v", day, l.Customer, on[l.Customer], told[l.Customer])
			}
		}
		for _, load := range r.Tasks.Loads {
			hours, _ := force.Of(load.Colleague, settings.Lists)
			most := hours.Minutes[r.Tasks.Day.Weekday()]
			if _, away := behold.Away(force.Absences, load.Colleague, r.Tasks.Day); away {
				most = 0
			}
			if load.Minutes != most || load.Used > most || load.Used != minutes[load.Colleague] || load.Tasks != tasks[load.Colleague] || load.Tasks > settings.TasksToday {
				t.Errorf("%v: %+v of %v minutes", day, load, most)
			}
			used[load.Colleague] += load.Used / max(most, 1)
		}
		lists.Before = r.Tasks
	}
	if done < 20 || lying == 0 || covered == 0 || len(used) != len(crew) {
		t.Errorf("%d tasks were done, %d days lay what was not, %d were covered, days used by colleague: %v", done, lying, covered, used)
	}
}
