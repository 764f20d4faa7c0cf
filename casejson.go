package behold

import "encoding/json"

// UnmarshalJSON reads a case; a day that is not there is not known.
func (c *Case) UnmarshalJSON(b []byte) error {
	type plain Case
	read := plain{Due: NoDay, AskAgain: NoDay, Asked: NoDay}
	read.Closing.Left, read.Move.AskAgain, read.Move.Closing.Left = NoDay, NoDay, NoDay
	err := json.Unmarshal(b, &read)
	*c = Case(read)
	return err
}

// UnmarshalJSON reads a move; a day that is not there is not known.
func (m *CaseMove) UnmarshalJSON(b []byte) error {
	type plain CaseMove
	read := plain{AskAgain: NoDay}
	read.Closing.Left = NoDay
	err := json.Unmarshal(b, &read)
	*m = CaseMove(read)
	return err
}

// UnmarshalJSON reads how a case ended; a day that is not there is not known.
func (c *CaseClosing) UnmarshalJSON(b []byte) error {
	type plain CaseClosing
	read := plain{Left: NoDay}
	err := json.Unmarshal(b, &read)
	*c = CaseClosing(read)
	return err
}

// UnmarshalJSON reads a step; a day that is not there is not known.
func (s *CaseStep) UnmarshalJSON(b []byte) error {
	type plain CaseStep
	read := plain{From: NoDay, Due: NoDay, On: NoDay}
	err := json.Unmarshal(b, &read)
	*s = CaseStep(read)
	return err
}
