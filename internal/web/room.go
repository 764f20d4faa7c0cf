package web

import (
	"strings"

	"github.com/a-h/templ"

	"behold"
)

// A room is one page of the settings.
type room struct {
	to, word string
	here     bool // it is the one that is shown
}

// rooms are the pages of the settings that the one who asks may open.
func (p page) rooms() []room {
	all := []room{{to: "/settings", word: "settings.room_firm"}}
	owner := p.who.Role.May(behold.Owner)
	if owner && p.signsIn {
		all = append(all, room{to: "/settings/colleagues", word: "access.colleagues.title"})
	}
	if p.who.Role.May(behold.Member) {
		all = append(all, room{to: hoursPath, word: "hours.title"})
	}
	if p.who.Role.May(behold.Manager) {
		all = append(all, room{to: playbooksPath, word: "playbook.title"})
	}
	if owner {
		all = append(all, room{to: "/settings/letters", word: "settings.room_letters"})
	}
	if owner {
		all = append(all, room{to: "/settings/team", word: "teamset.title"})
	}
	if owner && p.keepsChanges {
		all = append(all, room{to: "/settings/changes", word: "access.changes.title"})
	}
	if p.signsIn && p.who.Email != "" {
		all = append(all, room{to: "/account", word: "access.account.title"})
	}
	at := 0
	for i, r := range all {
		if p.self.Path == r.to || strings.HasPrefix(p.self.Path, r.to+"/") {
			at = i // the last one that fits: the first fits all pages below it
		}
	}
	all[at].here = true
	return all
}

// told ties a line of the form to what is said about it.
func (v settingsView) told(name string) templ.Attributes {
	if v.wrong[name] {
		return templ.Attributes{"aria-describedby": name + "-wrong " + name + "-says", "aria-invalid": "true"}
	}
	return templ.Attributes{"aria-describedby": name + "-says"}
}

// placeholder stands where Behold finds a number itself.
func (p page) placeholder(one setting) string {
	switch one.name {
	case "horizon_days":
		return p.T("settings.by_itself")
	case "strict_list_q":
		return p.T("settings.off")
	}
	return ""
}
