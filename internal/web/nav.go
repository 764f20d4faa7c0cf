package web

import (
	"slices"

	"behold"
)

// A place is a page that the navigation leads to.
type place struct {
	to    string
	word  string
	group group
}

// A group is for whom a place is in the first line: it stands together with its like.
type group int

const (
	daily group = iota // the work of the day: the phone's bar
	whole              // the company as a whole
	house              // files, settings, help
)

func allPlaces() []place {
	return []place{
		{"/", "nav.today", daily}, {"/lamps", "nav.lamps", daily}, {"/customers", "nav.customers", daily}, {"/promises", "nav.promises", daily},
		{"/cases", "nav.cases", whole}, {"/reasons", "nav.reasons", whole}, {"/loss", "nav.loss", whole}, {"/voice", "nav.voice", whole}, {"/survey", "nav.survey", whole}, {"/money", "nav.money", whole}, {"/team", "nav.team", whole}, {"/effect", "nav.effect", whole},
		{"/imports", "nav.imports", house}, {"/settings", "nav.settings", house}, {"/help", "nav.help", house},
	}
}

// placesFor are the places that a role may go to, as the table of routes says:
// what nobody serves, or others may open only, is not shown.
func placesFor(role behold.Role, routes []route) []place {
	return slices.DeleteFunc(allPlaces(), func(at place) bool {
		path := at.to
		if path == "/" {
			path = "/{$}"
		}
		return !slices.ContainsFunc(routes, func(r route) bool {
			return r.method == "GET" && r.path == path && role.May(r.who)
		})
	})
}

// of are the places of some groups.
func (p page) of(groups ...group) []place {
	return slices.DeleteFunc(slices.Clone(p.places), func(at place) bool { return !slices.Contains(groups, at.group) })
}

// beyond says whether the page is one that the phone's bar keeps behind "More".
func (p page) beyond() bool {
	return slices.ContainsFunc(p.of(whole, house), func(at place) bool { return at.to == p.at })
}

// countAt is what is shown beside a place's word.
func (p page) countAt(to string) string {
	if to == "/lamps" {
		return lampCount(p)
	}
	return ""
}
