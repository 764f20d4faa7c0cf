package main

import (
	"fmt"
	"strconv"

	"behold/stat"
)

// caveats are those of a model and those of reading its file, each with its
// sentence. names are those of the columns that a caveat may count.
func caveats(found []stat.Caveat, read []caveat, names []string) []caveat {
	list := make([]caveat, 0, len(found)+len(read))
	for _, c := range found {
		list = append(list, caveat{Code: c.Code, Count: c.Count, Value: figure(c.Value), Limit: figure(c.Limit)})
	}
	list = append(list, read...)
	for i, c := range list {
		if c.Says == "" {
			list[i].Says = c.sentence(names)
		}
	}
	return list
}

// sentence is the code in words; the code itself where it has none.
func (c caveat) sentence(names []string) string {
	column := "a column"
	if c.Count >= 0 && c.Count < len(names) {
		column = names[c.Count]
	}
	if said := c.ofPeople(column); said != "" {
		return said
	}
	value := strconv.FormatFloat(float64(c.Value), 'g', 4, 64)
	switch c.Code {
	case "no-repeats":
		return "Nobody has bought again: nothing can be told of how often they buy."
	case "same-rhythm":
		return "Customers do not differ in how often they buy: r and alpha grow together, and only their ratio counts."
	case "no-leaving":
		return "Hardly anybody is seen to leave: how long they stay cannot be told."
	case "same-leaving":
		return "Customers do not differ in how easily they leave: only the ratio of the two parameters counts."
	case "flat":
		return "The data do not tell some parameters apart: what follows from them holds, they themselves do not."
	case "no-mean":
		return "A few spend so much that the mean spend of a new customer does not exist (q is " + value + "); take the median, or leave the largest out and say so."
	case "at-edge":
		return "A parameter ran to the end of its range (" + value + "): the curve holds, its standard errors do not."
	case "not-settled":
		return "The search was cut short before it settled: take the parameters with care."
	case "not-proportional":
		return "What drives customers away changes with time (P is " + value + "): a ratio is a mean over all times; look before and after an age."
	case "thin-tail":
		return fmt.Sprintf("From time %s on fewer than %g customers are left to look at: the curve is only a hint there.", value, float64(c.Limit))
	case "emptied":
		return "At time " + value + " everybody then watched has left, and the curve stays 0: begin at a later time."
	}
	return c.Code
}

// ofPeople are the sentences that count customers, rows or columns.
func (c caveat) ofPeople(column string) string {
	limit := fmt.Sprintf("%g", float64(c.Limit))
	switch c.Code {
	case "few-buyers":
		return fmt.Sprintf("%s: fewer than %s, the ranges are wide.", counted(c.Count, "customer"), limit)
	case "few-left":
		return fmt.Sprintf("%d left: fewer than %s, the ranges are wide.", c.Count, limit)
	case "few-per-column":
		return fmt.Sprintf("Only %.3g who left for each covariate, fewer than %s: leave some out.", float64(c.Value), limit)
	case "few-clusters":
		return fmt.Sprintf("%s: fewer than %s, the robust errors are too small.", counted(c.Count, "cluster"), limit)
	case "nobody-left":
		return "Nobody has left: the share that stays is only known to be near 1."
	case "one-group":
		return "There is only one group: nothing to compare."
	case "apart":
		return fmt.Sprintf("%s left out of the test, never watched together with others.", was(c.Count, "group"))
	case "constant", "same-trait":
		return column + " is the same for everybody and is left out."
	case "collinear":
		return column + " follows from other covariates and is left out."
	case "separation":
		return column + " tells leavers and stayers apart completely: its coefficient has no end, and no range."
	case "failed-resamples":
		return fmt.Sprintf("%s left out, in which no fit was found.", was(c.Count, "resample"))
	case "flat-trait":
		return "The data do not tell what " + column + " does by itself."
	case "incomplete-rows":
		return fmt.Sprintf("%s left out, because a covariate is not filled.", was(c.Count, "row"))
	case "credits-left-out":
		return fmt.Sprintf("%s left out as a credit, a return or a bad debt: no purchase.", was(c.Count, "row"))
	case "no-spend-left-out":
		return fmt.Sprintf("%s left out, who bought again and spent nothing.", was(c.Count, "customer"))
	}
	return ""
}

// was is counted in the past: 1 row was, 3 rows were.
func was(n int, what string) string {
	if n == 1 {
		return "1 " + what + " was"
	}
	return counted(n, what) + " were"
}
