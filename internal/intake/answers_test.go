package intake

import (
	"context"
	"slices"
	"strings"
	"testing"

	"behold"
)

// answersOf are the answers that were read, one line each: customer, day, item and
// value of scale, or the words.
func answersOf(s *shelf) (out []string) {
	for _, a := range s.said {
		line := a["customer"] + " " + a["answered_at"][:10] + " " + a["item"]
		if a["value"] != "" {
			line += " " + a["value"] + "/" + a["scale_max"]
		}
		if a["text"] != "" {
			line += ": " + a["text"]
		}
		out = append(out, line)
	}
	return out
}

// The shapes in which survey tools and forms export what they were answered, with
// headers as those tools write them.
func TestAnswersOfOtherTools(t *testing.T) {
	for name, shape := range map[string]struct {
		file string
		want []string
	}{
		"our own contract": {
			"customer_external_id,at,question,value,scale_max,touchpoint,comment\nK-1,2025-03-10,satisfaction,5,5,delivery,Fine\nK-1,2025-03-10,nps,9,10,delivery,\n",
			[]string{"K-1 2025-03-10 satisfaction 5/5: Fine", "K-1 2025-03-10 recommend 9/10"},
		},
		"a score and its type": {
			"Response ID,Email,Survey Type,Score,Comment,Response Created At\nr1,anna@kunde.dk,nps,9,Quick,2025-03-10 09:12:00\nr2,bo@kunde.dk,csat,4,,2025-03-11 10:00:00\nr3,bo@kunde.dk,ces,6,,2025-03-11 10:00:00\n",
			[]string{"anna@kunde.dk 2025-03-10 recommend 9/10: Quick", "bo@kunde.dk 2025-03-11 satisfaction 4/5", "bo@kunde.dk 2025-03-11 effort 6/7"},
		},
		"stars with a request": {
			"request_id,request_sent_at,response_received_at,star_rating,comments,request_sent_to\nq1,2025-03-01,2025-03-03,5,Great,eva@kund.se\nq2,2025-03-01,2025-03-04,2,,per@kund.se\n",
			[]string{"eva@kund.se 2025-03-03 satisfaction 5/5", "eva@kund.se 2025-03-03 why: Great", "per@kund.se 2025-03-04 satisfaction 2/5"},
		},
		"a form with whole questions": {
			"Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Overall how satisfied are you with us?,How likely is it that you would recommend us to a friend?,What is the main reason for your score?\n" +
				"114,9,03/14/2025 08:55:00 AM,03/14/2025 09:00:00 AM,,ann@firm.example,Ann,Very satisfied,10,They listen\n115,9,03/15/2025 08:55:00 AM,03/15/2025 09:02:00 AM,,ben@firm.example,Ben,Neither satisfied nor dissatisfied,6,\n",
			[]string{"ann@firm.example 2025-03-14 satisfaction 5/5", "ann@firm.example 2025-03-14 recommend 10/10", "ann@firm.example 2025-03-14 why: They listen",
				"ben@firm.example 2025-03-15 satisfaction 3/5", "ben@firm.example 2025-03-15 recommend 6/10"},
		},
		"a Danish form": {
			"Tidsstempel;Mailadresse;Hvor tilfreds er du med os?;Hvor sandsynligt er det, at du vil anbefale os?;Hvor nemt var det at handle med os?;Hvorfor?\n14-03-2025 09.00;k@kunde.dk;Meget tilfreds;9;Meget nemt;Hurtig levering\n15-03-2025 09.00;l@kunde.dk;Utilfreds;3;Svært;\n",
			[]string{"k@kunde.dk 2025-03-14 satisfaction 5/5", "k@kunde.dk 2025-03-14 recommend 9/10", "k@kunde.dk 2025-03-14 effort 5/5", "k@kunde.dk 2025-03-14 why: Hurtig levering",
				"l@kunde.dk 2025-03-15 satisfaction 2/5", "l@kunde.dk 2025-03-15 recommend 3/10", "l@kunde.dk 2025-03-15 effort 2/5"},
		},
		"a Swedish form": {
			"Tidstämpel,Kundnummer,Hur nöjd är du med oss?,Skulle du köpa igen?,Varför?\n2025-03-14 09:00,K-7,Mycket nöjd,Mycket troligt,Bra folk\n2025-03-14 10:00,K-8,Ganska nöjd,Kanske,\n",
			[]string{"K-7 2025-03-14 satisfaction 5/5", "K-7 2025-03-14 repurchase 5/5", "K-7 2025-03-14 why: Bra folk", "K-8 2025-03-14 satisfaction 4/5", "K-8 2025-03-14 repurchase 3/5"},
		},
		"a Norwegian form": {
			"Tidsmerke,Kundenr,Hvor fornøyd er du med oss (1-5)?,NPS\n14.03.2025 09:00,K-1,5,10\n15.03.2025 09:00,K-2,4,7\n",
			[]string{"K-1 2025-03-14 satisfaction 5/5", "K-1 2025-03-14 recommend 10/10", "K-2 2025-03-15 satisfaction 4/5", "K-2 2025-03-15 recommend 7/10"},
		},
		"a Dutch form": {
			"Tijdstempel;Klantnummer;Hoe tevreden bent u over ons?;Hoe waarschijnlijk is het dat u ons aanbeveelt?;Waarom geeft u dit cijfer?\n14-3-2025 9:00;K-1;Zeer tevreden;8/10;Altijd snel\n15-3-2025 9:00;K-2;Ontevreden;4/10;\n",
			[]string{"K-1 2025-03-14 satisfaction 5/5", "K-1 2025-03-14 recommend 8/10", "K-1 2025-03-14 why: Altijd snel", "K-2 2025-03-15 satisfaction 2/5", "K-2 2025-03-15 recommend 4/10"},
		},
		"columns of figures": {
			"customer_id,date,nps,csat,ces,feedback\nK-1,2025-03-14,10,5,7,\nK-2,2025-03-14,0,1,2,Nobody answers\n",
			[]string{"K-1 2025-03-14 recommend 10/10", "K-1 2025-03-14 satisfaction 5/5", "K-1 2025-03-14 effort 7/7",
				"K-2 2025-03-14 recommend 0/10", "K-2 2025-03-14 satisfaction 1/5", "K-2 2025-03-14 effort 2/7", "K-2 2025-03-14 why: Nobody answers"},
		},
		"labels with numbers": {
			"customer,answered_at,satisfaction\nK-1,2025-03-14,5 - Very satisfied\nK-2,2025-03-14,1 - Very dissatisfied\n",
			[]string{"K-1 2025-03-14 satisfaction 5/5", "K-2 2025-03-14 satisfaction 1/5"},
		},
		"a scale beyond very": {
			"customer,answered_at,satisfaction\nK-1,2025-03-14,Extremely satisfied\nK-2,2025-03-14,Very satisfied\nK-3,2025-03-14,Not at all satisfied\n",
			[]string{"K-1 2025-03-14 satisfaction 5/5", "K-2 2025-03-14 satisfaction 4/5", "K-3 2025-03-14 satisfaction 1/5"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, s := readFile(t, put(t, "export.csv", shape.file), Options{})
			if got := answersOf(s); r.Table != behold.TableAnswers || r.Rejected != 0 || !slices.Equal(got, shape.want) {
				t.Errorf("%s, %d rejected\ngot  %q\nwant %q", r.Table, r.Rejected, got, shape.want)
				for _, c := range r.Columns {
					t.Logf("%q is %q", c.Header, c.Field)
				}
				t.Log(r.Rejects, s.rejects)
			}
			_, again := readFile(t, put(t, "export.csv", shape.file), Options{})
			for i := range s.said {
				if s.said[i]["answer"] == "" || s.said[i]["answer"] != again.said[i]["answer"] {
					t.Errorf("answer %q is %q the second time", s.said[i]["answer"], again.said[i]["answer"])
				}
			}
		})
	}
}

// What a column says about its scale is shown before anything is kept.
func TestScalesAreShown(t *testing.T) {
	path := put(t, "a.csv", "customer,date,csat,nps\nK-1,2025-03-14,9,10\nK-2,2025-03-14,6,3\n")
	r, err := Look(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, n := range r.Notes {
		said[n.Args["column"]] = n.Code + " " + n.Args["field"] + " " + n.Args["scale"]
	}
	if said["csat"] != "item_scale satisfaction 10" || said["nps"] != "item_scale recommend 10" {
		t.Errorf("%v", r.Notes)
	}
	if c := r.Columns[2]; c.Field != "satisfaction" || !slices.Equal(c.Read, []string{"9/10", "6/10"}) {
		t.Errorf("%+v", c)
	}
}

// Thumbs and faces have no "very satisfied"; what nobody answered is no answer; an
// answer off its scale is rejected and the others of its row are kept.
func TestAnswersThatAreNone(t *testing.T) {
	r, s := readFile(t, put(t, "a.csv", "customer,date,csat,nps\nK-1,2025-03-14,0,10\nK-2,2025-03-14,2,\nK-3,2025-03-14,,\nK-4,2025-03-14,1,9\n"), Options{})
	if got := answersOf(s); !slices.Equal(got, []string{"K-1 2025-03-14 recommend 10/10", "K-4 2025-03-14 recommend 9/10"}) {
		t.Errorf("%q", got)
	}
	if rowsOf(r, WhyOffScale) != 3 || rowsOf(r, WhyUnanswered) != 1 {
		t.Errorf("%v", r.Rejects)
	}
	r, s = readFile(t, put(t, "b.csv", "customer,date,csat,nps\nK-1,2025-03-14,4,11\nK-2,2025-03-14,5,x\n"), Options{Map: map[string]string{"nps": "recommend"}})
	if len(s.said) != 2 || rowsOf(r, WhyNotANumber) != 1 {
		t.Errorf("%q, %v", answersOf(s), r.Rejects)
	}
}

func TestAScoreOfNobodyKnowsWhat(t *testing.T) {
	path := put(t, "scores.csv", "customer,answered_at,score\nK-1,2025-03-14,9\n")
	_, err := Read(context.Background(), path, Options{}, &shelf{})
	if err == nil || !strings.Contains(behold.HintOf(err), `--map, for example "score" = recommend`) {
		t.Errorf("%v, %s", err, behold.HintOf(err))
	}
	r, s := readFile(t, path, Options{Map: map[string]string{"score": "recommend"}})
	if got := answersOf(s); len(got) != 1 || got[0] != "K-1 2025-03-14 recommend 9/10" {
		t.Errorf("%q %v", got, r.Columns)
	}
}
