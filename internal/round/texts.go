package round

import (
	"context"
	"strings"

	"behold"
	"behold/internal/text"
	"behold/stat"
)

// Texts is how a round reads what customers write.
type Texts struct {
	Model func() *text.Model  // nil: the model of the seed phrases
	Said  []behold.Correction // what colleagues said by then
	Kept  bool                // what is read is kept, and colleagues are asked; false: the round looks back
	On    behold.Day          // when colleagues will read what they are asked
}

func (t Texts) reader() func() *text.Model {
	if t.Model == nil {
		return text.Default
	}
	return t.Model
}

// What a round keeps of what it read: of so many days, at most so many texts.
const (
	readDays = 90
	mostRead = 5000
)

// readTexts keeps with the round what was read in the texts of the last months, and
// chooses those that colleagues are asked to read this week.
func (s *Seen) readTexts(ctx context.Context, records Records, t Texts) error {
	if !t.Kept {
		return nil
	}
	r := s.Round
	list, err := records.Remarks(ctx, r.Day, r.Day-readDays, mostRead, r.Settings.Seed)
	if err != nil {
		return err
	}
	r.Read = make([]behold.RemarkRead, len(list))
	if len(list) == 0 {
		return nil
	}
	model := t.reader()()
	stat.Blocks(len(list), 64, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			r.Read[i] = behold.RemarkRead{RemarkText: list[i], Reading: model.Look(list[i].Body, list[i].Language)}
			r.Read[i].Body = strings.TrimSpace(text.Mask(list[i].Body))
		}
	})
	r.Asks = text.Ask(monday(t.On), r.Read, t.Said, r.Settings.Seed)
	return nil
}

// monday is the first day of a week.
func monday(d behold.Day) behold.Day { return d - behold.Day((d.Weekday()+6)%7) }
