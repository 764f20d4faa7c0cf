package behold

import "errors"

// A Kind says what sort of failure an Error is. Only the faces turn kinds into
// HTTP status, only the roof turns them into exit codes.
type Kind uint8

// The kinds of failure.
const (
	Internal    Kind = iota // ours: a bug, or something nobody foresaw
	NotFound                // what was asked for is not there
	Invalid                 // what was given cannot be used
	Conflict                // it clashes with what is there
	Forbidden               // the one who asks may not
	Unavailable             // the disk, a file, another process is in the way
)

// An Error says what went wrong in one sentence (lower case, no full stop) and
// what to do about it in another.
type Error struct {
	Kind Kind
	Say  string // what was tried, on what, and why it failed
	Hint string // what to do now; may be empty
	Err  error  // the cause, if another error was
	Code string // what pages call it in other languages; "": English has to do
}

func (e *Error) Error() string {
	if e.Err != nil {
		return e.Say + ": " + e.Err.Error()
	}
	return e.Say
}

func (e *Error) Unwrap() error { return e.Err }

// KindOf is the kind of the first Error in err's chain, else Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// HintOf is the first hint in err's chain, or "".
func HintOf(err error) string {
	var e *Error
	for errors.As(err, &e) {
		if e.Hint != "" {
			return e.Hint
		}
		err = e.Err
		if err == nil {
			break
		}
	}
	return ""
}
