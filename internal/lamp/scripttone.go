package lamp

import (
	"slices"

	"behold"
)

// toneGiven:
//
//	given customer K-1 wrote calmly on 2025-01-02
//	given customer K-1 wrote unhappily (0.97) [about quality] on 2025-01-02
//	given customer K-1 wrote of leaving (0.95) [about competitor] on 2025-01-02
//
// The figure is the chance that text would give it. Of a hundred texts that
// customers of the usual company write, ninety score below 0.3, eight up to 0.9 and
// two above; one in 500 says that they leave.
func toneGiven() []given {
	return []given{
		{pattern(`customer (\S+) wrote calmly on (\S+)`), func(s *scene, m []string) {
			s.remark(m[1], behold.Remark{Complaint: .05, Leaving: .02, Reason: behold.UnknownReason}, m[2])
		}},
		{pattern(`customer (\S+) wrote (unhappily|of leaving) \((\S+)\)(?: about (\S+))? on (\S+)`), func(s *scene, m []string) {
			r := behold.Remark{Complaint: s.decimal(m[3]), Leaving: .05, Reason: behold.UnknownReason}
			if m[2] == "of leaving" {
				r.Complaint, r.Leaving = r.Leaving, r.Complaint
			}
			if m[4] != "" {
				r.Reason, r.Sure = behold.Reason(m[4]), .8
			}
			s.remark(m[1], r, m[5])
		}},
	}
}

// remark keeps what a customer wrote, in order of time.
func (s *scene) remark(id string, r behold.Remark, on string) {
	day := s.dayIn(on)
	r.ID, r.Table, r.Recorded, r.At = s.shop.dealt.row(behold.TableContacts), behold.TableContacts, day, day.Moment()+9*60
	d := s.dealer(id)
	at := len(d.remarks)
	for at > 0 && d.remarks[at-1].At > r.At {
		at--
	}
	d.remarks = slices.Insert(d.remarks, at, r)
}

// usualTone is that of the usual company of scripts.
func usualTone() toned {
	t := toned{Leaving: .002, PerMonth: .2}
	for i := range 5000 {
		switch x := float64(i) / 5000; {
		case x < .9:
			t.Scores = append(t.Scores, .3*x/.9)
		case x < .98:
			t.Scores = append(t.Scores, .3+.6*(x-.9)/.08)
		default:
			t.Scores = append(t.Scores, .9+.1*(x-.98)/.02)
		}
	}
	return t
}
