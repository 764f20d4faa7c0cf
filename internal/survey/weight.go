package survey

func (t *teller) weigh(w *Window, level []*form, asked []Invite) error { return nil }
