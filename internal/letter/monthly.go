package letter

import (
	"unicode"
	"unicode/utf8"

	"behold"
)

// A Month is what there is to say to those who lead when a month is over.
type Month struct {
	Of      behold.Day // any day of the month that is over
	Round   behold.Day // as of which it speaks; NoDay: nothing was counted yet
	Verdict string     // normal, worse or better; "" while that cannot be said
	Answers []Part     // the five questions, each with its answer
}

// Monthly writes the owner's monthly letter.
func Monthly(made Made, m *Month) (Written, error) {
	b := made.begin()
	month := made.Words.Month(m.Of)
	verdict := m.Verdict
	if verdict == "" {
		verdict = "unknown"
	}
	b.Title = made.Words.T("letter.monthly.title", "Month", month)
	b.Subject = made.Words.T("letter.monthly.subject."+verdict, "Month", capital(month))
	if m.Round.Known() {
		b.Leads = append(b.Leads, made.Words.T("report.as_of", "Day", made.Words.Date(m.Round)))
	} else {
		b.Leads = append(b.Leads, made.Words.T("letter.monthly.none"))
	}
	b.Parts = m.Answers
	if made.Base != "" {
		b.Links = append(b.Links, Link{made.Words.T("letter.monthly.more"), made.to("/owner")})
	}
	made.end(&b, behold.MonthlyLetter)
	return b.Write()
}

// capital begins a sentence with a word.
func capital(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}
