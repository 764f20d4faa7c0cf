package round

import (
	"behold"
	"behold/internal/text"
	"behold/stat"
)

// readRemarks has text read what customers wrote: complaint, leaving and reason of
// each remark are filled in. What many wrote in the same words is read once. It runs
// on all cores and reads the same on any number of them.
func readRemarks(reader func() *text.Model, remarks []behold.Remark) {
	if len(remarks) == 0 {
		return
	}
	model := reader()
	place := map[string]int{}
	var bodies []string
	which := make([]int, len(remarks))
	for i := range remarks {
		at, known := place[remarks[i].Body]
		if !known {
			at = len(bodies)
			place[remarks[i].Body] = at
			bodies = append(bodies, remarks[i].Body)
		}
		which[i] = at
	}
	readings := make([]text.Reading, len(bodies))
	const block = 256
	stat.Blocks(len(bodies), block, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			readings[i] = model.Read(bodies[i], "")
		}
	})
	for i := range remarks {
		r := &readings[which[i]]
		remarks[i].Complaint, remarks[i].Leaving, remarks[i].Reason, remarks[i].Sure = r.Complaint, r.Leaving, r.Reason, r.Sure
	}
}
