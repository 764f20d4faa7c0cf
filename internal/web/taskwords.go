package web

import (
	"math"
	"strconv"
	"time"
)

func (p page) stageWord(t *task) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch t.stage {
	case "judging":
		return p.T("page.work.judging")
	case "removing":
		return p.T("page.work.removing")
	}
	return p.T("page.work.reading")
}

// saidTask is how far a task is, for a page that shows it.
func (p page) saidTask(t *task) saidNews {
	said := saidNews{Kind: taskMoved, Task: t.id, Says: p.progressSays(t), Time: p.spentSays(t)}
	_, _, said.Ended = t.outcome()
	if share := t.share(); share >= 0 {
		said.Share = math.Floor(1000*share) / 10
	}
	return said
}

// progressSays is the stage and, where it is known, the share of it that is done.
func (p page) progressSays(t *task) string {
	if share := t.share(); share >= 0 {
		return p.stageWord(t) + " " + p.Percent(share)
	}
	return p.stageWord(t)
}

// spentSays is how long a task has taken and will take; "" for short work.
func (p page) spentSays(t *task) string {
	gone, left := t.spent(time.Now())
	if gone < 3*time.Second {
		return ""
	}
	says := p.T("live.spent", "Time", p.time(gone))
	if left >= 0 {
		says += " · " + p.T("live.left", "Time", p.time(left))
	}
	return says
}

// time says a span of time as roughly as it is known.
func (p page) time(d time.Duration) string {
	if seconds := int(math.Ceil(d.Seconds())); seconds < 90 {
		return p.N("live.seconds", max(1, seconds))
	}
	if minutes := int(math.Round(d.Minutes())); minutes < 90 {
		return p.N("live.minutes", minutes)
	}
	return p.N("live.hours", int(math.Round(d.Hours())))
}

func percent(share float64) string { return strconv.Itoa(int(100 * share)) }

func taskURL(t *task) string { return "/work/" + t.id }
