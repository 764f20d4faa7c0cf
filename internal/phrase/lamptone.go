package phrase

import "behold"

// toneSays tells when the customer wrote and what it was about, without a word of
// it: who wants to read it opens the row.
func (f facts) toneSays(l behold.Lamp) string {
	key, likely := "lamp.tone.says", f.number("complaint")
	if fact, _ := f.e.Fact("said"); fact.Text == "leaving" {
		key, likely = "lamp.tone.says_leaving", f.number("leaving")
	}
	says := f.p.T(key, "On", f.date("written_on"), "Likely", f.p.Percent(likely))
	if l.Reason != behold.UnknownReason && l.Reason != "" {
		says += " " + f.p.T("lamp.tone.about", "Reason", f.p.Reason(l.Reason))
	}
	if n := f.count("one_in"); n > 1 {
		says += " " + f.p.T("lamp.tone.seldom", "N", n)
	}
	return says
}
