package behold

import "time"

// A Moment is a time of the wall clock where the company is: minutes since
// 1970-01-01 00:00, without a zone. It is for what has to be timed by the hour;
// Day is for the rest.
type Moment int32

// NoMoment means that it is not known or has not come.
const NoMoment Moment = -1 << 31

// MomentOf gives the minute of t in t's own zone.
func MomentOf(t time.Time) Moment {
	y, m, d := t.Date()
	return Moment(Date(y, m, d))*minutesOfDay + Moment(t.Hour()*60+t.Minute())
}

const minutesOfDay = 24 * 60

// Known says whether the moment is known at all.
func (m Moment) Known() bool { return m != NoMoment }

// Day of the moment; NoDay of an unknown one.
func (m Moment) Day() Day {
	if !m.Known() {
		return NoDay
	}
	day := m / minutesOfDay
	if m%minutesOfDay < 0 {
		day--
	}
	return Day(day)
}

// Moment is midnight at the beginning of the day; NoMoment of an unknown one.
func (d Day) Moment() Moment {
	if !d.Known() {
		return NoMoment
	}
	return Moment(d) * minutesOfDay
}
