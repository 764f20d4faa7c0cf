package main

import (
	"fmt"
	"io"
	"strings"

	"behold"
	"behold/internal/phrase"
)

// sayCases tells of the work to keep a customer.
func sayCases(out io.Writer, s *behold.Story, words *phrase.Phrases) {
	for i := range s.Cases {
		c := &s.Cases[i]
		fmt.Fprintf(out, "\ncase since %s: %s, %s", behold.DayOf(c.Opening.At.Local()), strings.ReplaceAll(string(c.State), "_", " "), line(words.Reason(c.Reason)))
		if c.Owner != "" {
			fmt.Fprintf(out, ", %s has it", line(c.Owner))
		}
		if c.Open() {
			fmt.Fprintf(out, ", due %s%s\n", c.Due, late(c, s.Day))
		} else {
			fmt.Fprintf(out, ", closed on %s by %s: %s, %s\n", c.ClosedOn(), line(c.Closing.Who), c.Closing.Cause, c.Closing.Action)
		}
		for j := range c.Steps {
			step := &c.Steps[j]
			done := "due " + step.Due.String()
			if step.State != behold.StepDue {
				done = string(step.State) + " " + step.On.String()
			}
			fmt.Fprintf(out, "  %-18s %-6s %s %s\n", step.Action, step.Channel, done, line(step.Why))
		}
	}
}

func late(c *behold.Case, today behold.Day) string {
	if c.Overdue(today) {
		return " (overdue)"
	}
	return ""
}

// caseFacts name the open case of a customer, if there is one.
func caseFacts(cases []behold.Case) []behold.Fact {
	for i := range cases {
		c := &cases[i]
		if !c.Open() {
			continue
		}
		next := "plan"
		if at := c.Next(); at >= 0 {
			next = string(c.Steps[at].Action)
		} else if len(c.Steps) > 0 {
			next = "close"
		}
		return []behold.Fact{
			{Name: "case", Text: string(c.State), Day: behold.NoDay}, {Name: "case_owner", Text: c.Owner, Day: behold.NoDay},
			{Name: "case_next", Text: next, Day: behold.NoDay}, {Name: "case_due", Day: c.Due},
		}
	}
	return nil
}

// casesJSON leaves out what is only for keeping the cases.
func casesJSON(cases []behold.Case) []map[string]any {
	all := []map[string]any{}
	for i := range cases {
		c := &cases[i]
		one := map[string]any{
			"case": c.ID, "state": c.State, "owner": c.Owner, "reason": c.Reason, "opened": c.Opening, "steps": c.Steps, "due": jsonCell(c.Due),
			"clocks": c.Clocks, "heard": c.Heard, "reopened": c.Reopened, "ask_again": jsonCell(c.AskAgain),
		}
		if !c.Closing.IsZero() {
			one["closing"] = c.Closing
		}
		all = append(all, one)
	}
	return all
}
