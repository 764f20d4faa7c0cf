package paper

import (
	"behold"
	"behold/internal/phrase"
	"behold/internal/round"
)

// Team is the report of how the teams are doing.
func Team(words *phrase.Phrases, made Made, b *round.Board) Document {
	d := newDocument(words, made, words.T("board.report"), b.Day)
	told := b.Tell(words)
	d.Leads = append(d.Leads, b.Overlooked(words, behold.AttentionTeam), told.Kept, told.Minutes)
	for _, part := range told.Attention {
		if part.Name == string(behold.AttentionTeam) || part.Name == string(behold.AttentionColleague) {
			d.Sections = append(d.Sections, sectionOf(part))
		}
	}
	for _, part := range []round.BoardPart{told.Answers, told.Load} {
		if len(part.Tables) > 0 {
			d.Sections = append(d.Sections, sectionOf(part))
		}
	}
	if b.Promises.All.Due > 0 {
		p := keepings{words, b.Promises}
		kept := p.section("teams", b.Promises.Teams, words.T("team.without"))
		kept.Title = words.T("board.promises")
		d.Sections = append(d.Sections, kept)
	}
	d.Sections = append(d.Sections, sectionOf(told.Credit))
	if len(told.Rewards.Tables) > 0 {
		d.Sections = append(d.Sections, sectionOf(told.Rewards))
	}
	return d
}

// Effort is the report of where attention goes, against what customers are worth.
func Effort(words *phrase.Phrases, made Made, b *round.Board) Document {
	d := newDocument(words, made, words.T("board.effort"), b.Day)
	told := b.Tell(words)
	for _, part := range told.Attention {
		d.Leads = append(d.Leads, b.Overlooked(words, behold.AttentionBy(part.Name)))
		d.Sections = append(d.Sections, sectionOf(part))
	}
	if len(d.Sections) == 0 {
		d.Leads = append(d.Leads, words.T("team.no_contacts"))
		return d
	}
	d.Leads = append(d.Leads, told.Minutes, words.T("board.not_a_norm"))
	return d
}

func sectionOf(part round.BoardPart) Section {
	s := Section{Title: part.Title, Says: part.Says}
	for _, t := range part.Tables {
		out := Table{Head: t.Head}
		for _, r := range t.Rows {
			out.Rows = append(out.Rows, Row{Cells: r.Cells, Strong: r.Strong})
		}
		s.Tables = append(s.Tables, out)
	}
	if part.Ranges != nil {
		s.Picture = twice(*part.Ranges)
	}
	if f := part.Funnel; f != nil {
		narrow := *f
		narrow.ID += "-narrow"
		s.Picture = Picture{f.SVG(780), narrow.SVG(340)}
	}
	return s
}
