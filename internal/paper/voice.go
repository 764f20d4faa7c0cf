package paper

import (
	"behold/internal/phrase"
	"behold/internal/round"
)

// Voice is the report of what customers say.
func Voice(words *phrase.Phrases, made Made, r *round.VoiceReport) Document {
	return newDocument(words, made, words.T("nav.voice"), r.Day)
}
