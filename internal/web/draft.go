package web

// A draftView is what to say in the next step.
type draftView struct{}
