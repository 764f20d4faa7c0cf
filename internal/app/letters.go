package app

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"behold"
	"behold/internal/letter"
	"behold/internal/mail"
	"behold/internal/paper"
	"behold/internal/phrase"
	"behold/internal/round"
	"behold/internal/task"
	"behold/internal/team"
)

// mailServer is the one that takes our letters.
func (c *Config) mailServer() mail.Server {
	return mail.Server{
		Host: strings.TrimSpace(c.MailHost), Port: c.MailPort, TLS: c.MailTLS, User: c.MailUser, Password: c.MailPassword,
		From: c.MailFrom, ReplyTo: c.MailReplyTo, Roots: c.mailRoots,
	}
}

// MailCheck says what is missing for letters to be sent, if anything.
func (a *App) MailCheck() error {
	server := a.config.mailServer()
	return server.Check()
}

// base is the address of the pages as colleagues open them: the url, else the
// first of the hosts; "" when neither was said. One that is no address is Invalid.
func (c *Config) base() (string, error) {
	if names := words(c.Hosts); c.URL == "" && len(names) > 0 {
		return "https://" + names[0], nil
	}
	if c.URL == "" {
		return "", nil
	}
	u, err := url.Parse(strings.TrimSpace(c.URL))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return "", &behold.Error{Kind: behold.Invalid, Say: "url " + c.URL + " is no address of pages", Hint: "such as https://behold.firm.example", Code: "mail_config"}
	}
	return strings.TrimRight(u.String(), "/"), nil
}

// hosts are the names that letters call this server by.
func (c *Config) hosts() []string {
	u, err := url.Parse(strings.TrimSpace(c.URL))
	if err != nil || u.Hostname() == "" {
		return nil
	}
	return []string{strings.ToLower(u.Hostname())}
}

// WriteLetter writes the letter of a kind that a colleague would get now. It says
// no when there is nothing to say, and writes it all the same.
func (a *App) WriteLetter(ctx context.Context, kind behold.LetterKind, c behold.Colleague, now time.Time) (letter.Written, bool, error) {
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return letter.Written{}, false, err
	}
	last, ok, err := a.State.LastRound(ctx, behold.NoDay)
	if err != nil {
		return letter.Written{}, false, err
	}
	if !ok {
		return letter.Written{}, false, &behold.Error{Kind: behold.NotFound, Code: "no_round", Say: "no round has been walked yet", Hint: "import an invoice file, then: behold round"}
	}
	made, err := a.madeFor(ctx, kind, c, settings, now)
	if err != nil {
		return letter.Written{}, false, err
	}
	if kind == behold.WeeklyLetter {
		week, err := round.LookBack(ctx, last.Day, a.Facts, a.State)
		if err == nil {
			err = a.tellLosses(ctx, week)
		}
		if err == nil {
			err = a.tellHeard(ctx, week, made.Today)
		}
		if err == nil {
			err = a.tellKept(ctx, week, made.Words)
		}
		if err != nil {
			return letter.Written{}, false, err
		}
		written, err := letter.Weekly(made, settings.Currency, week)
		return written, true, err
	}
	if kind == behold.MonthlyLetter {
		return a.monthly(ctx, made, settings.Currency, last.Day)
	}
	m, err := a.morning(ctx, c, settings, last.Day, made.Today)
	if err != nil {
		return letter.Written{}, false, err
	}
	written, err := letter.MorningList(made, m)
	return written, !m.Empty(), err
}

func (a *App) madeFor(ctx context.Context, kind behold.LetterKind, c behold.Colleague, settings behold.Settings, now time.Time) (letter.Made, error) {
	base, err := a.config.base()
	if err != nil {
		return letter.Made{}, err
	}
	made := letter.Made{
		Words: phrase.For(cmp.Or(c.Language, settings.Language)).In(settings.Currency), For: c, Today: behold.DayOf(now),
		Company: settings.Company, Years: settings.Years, Base: base,
	}
	shop, err := a.State.Invention(ctx)
	made.Invented = shop.Stage != behold.NotInvented
	if err != nil || base == "" || c.Email == "" {
		return made, err
	}
	stops, err := a.stops(ctx)
	made.Stop = base + "/letters/stop/" + stops.Token(kind, c.Email)
	return made, err
}

func (a *App) stops(ctx context.Context) (mail.Stops, error) {
	secret, err := a.State.Secret(ctx, "letter")
	return mail.Stops{Secret: secret}, err
}

// morning gathers what there is to say to a colleague.
func (a *App) morning(ctx context.Context, c behold.Colleague, settings behold.Settings, on, today behold.Day) (*letter.Morning, error) {
	whose, err := a.whose(ctx, c, settings, on)
	if err != nil {
		return nil, err
	}
	m := &letter.Morning{Round: on, Newest: behold.NoDay, Currency: settings.Currency, Whole: whose.Colleague == ""}
	if m.Worth, err = a.listed(ctx, whose, on); err != nil {
		return nil, err
	}
	sum, err := a.State.LampSummaryOf(ctx, whose)
	if err != nil {
		return nil, err
	}
	m.All = sum.Customers
	if m.Promises, err = a.promisesOf(ctx, c.Email, on, today); err != nil {
		return nil, err
	}
	if m.Kept, err = a.keptOf(ctx, whose, on); err != nil {
		return nil, err
	}
	extent, err := a.Facts.Extent(ctx, today)
	if err == nil && extent.Lines > 0 {
		m.Newest = extent.Last
	}
	return m, err
}

// listed are the customers on the lists of the morning that the letter is about,
// with nothing done about them yet: those that Today shows.
func (a *App) listed(ctx context.Context, whose behold.Whose, on behold.Day) (open []round.Worth, err error) {
	list, made, err := a.State.TaskList(ctx, on)
	if err != nil || made != on {
		return nil, err
	}
	own := behold.ColleagueKey(whose.Colleague)
	list = list.Only(func(t *behold.Task) bool { return own == "" || t.Colleague == own || t.Colleague == "" })
	reader := round.ListReader{Facts: a.Facts, State: a.State, Book: a.State, Cases: a.State, Made: made, Day: list.Day}
	found, err := reader.Read(ctx, list.Tasks[:min(len(list.Tasks), round.MostListed)])
	for _, w := range found {
		if w.Done == nil {
			open = append(open, w)
		}
	}
	return open, err
}

// whose customers a colleague's morning list is about: their own, or everybody's
// when they chose so and may see them. Who leads and looks after nobody gets
// everybody's until they choose.
func (a *App) whose(ctx context.Context, c behold.Colleague, settings behold.Settings, on behold.Day) (behold.Whose, error) {
	own := behold.Whose{Colleague: c.Email}
	leads := c.Role.May(behold.Manager)
	if c.Email == "" {
		return behold.Whose{}, nil
	}
	choices, err := a.State.LetterChoices(ctx)
	if err != nil {
		return own, err
	}
	choice := behold.LetterChoiceOf(&c, behold.MorningList, choices)
	switch {
	case choice.Whole && (leads || settings.MembersSee == behold.SeeAll):
		return behold.Whose{}, nil
	case !leads || !choice.At.IsZero():
		return own, nil
	}
	_, looksAfter, err := a.Facts.Standings(ctx, behold.StandingQuery{Day: on, Whose: own, Slice: behold.Slice{Limit: 1}})
	if err != nil || looksAfter > 0 {
		return own, err
	}
	return behold.Whose{}, nil
}

// tellKept adds to a week who was kept this month and by whom, what attention did,
// and how promises were kept, those of files too.
func (a *App) tellKept(ctx context.Context, week *round.Week, words *phrase.Phrases) error {
	const month = 30
	board, err := a.Board(ctx, week.Day)
	if err != nil {
		return err
	}
	for i := range board.Kept {
		r := &board.Kept[i]
		whose, name := r.Team, letter.Named(r.Name, r.Customer)
		if c := board.Staff[r.Colleague]; r.Colleague != "" && c.Name != "" {
			whose = c.Name
		}
		if whose != "" {
			name = words.T("board.kept_by", "Name", name, "Whose", whose)
		}
		week.Saved = append(week.Saved, name)
	}
	promised, err := a.PromiseReport(ctx, week.Day, week.Day-month+1)
	if err != nil {
		return err
	}
	week.Promised = promised.PromiseReport
	shown, err := a.Effect(ctx, week.Day)
	if err == nil && shown.Stage != task.TrialOff {
		week.Effect = paper.Effect(words, paper.Made{}, shown).Leads
	}
	return err
}

// lateFor is for how many days after its day a promise of a file is a reminder.
const lateFor = 90

// promisesOf are the open promises of a colleague that are due today or late, the
// one due first at the top.
func (a *App) promisesOf(ctx context.Context, email string, on, today behold.Day) (due []letter.Promise, err error) {
	if email == "" {
		return nil, nil
	}
	all, err := round.Promised(ctx, a.Facts, a.State, behold.PromiseQuery{Day: today, Since: today - team.Years})
	if err != nil {
		return nil, err
	}
	told, own := team.Told(all, on), behold.ColleagueKey(email)
	for i := range all {
		c := &all[i]
		state := c.State(today, told)
		old := !c.Book && c.Due.Day() < today-lateFor
		if c.Colleague != own || c.Due.Day() > today || state.Kept() || state == behold.PromiseUntold || c.GaveUp(today) || old {
			continue
		}
		name, err := a.customerName(ctx, c.Customer, on)
		if err != nil {
			return nil, err
		}
		due = append(due, letter.Promise{Customer: name, What: cmp.Or(c.Text, c.Kind, c.Number), Due: c.Due.Day()})
	}
	slices.SortStableFunc(due, func(a, b letter.Promise) int { return cmp.Compare(a.Due, b.Due) })
	return due, nil
}

func (a *App) customerName(ctx context.Context, id string, on behold.Day) (string, error) {
	c, err := a.Facts.Customer(ctx, id, on)
	switch {
	case behold.KindOf(err) == behold.NotFound && err != nil:
		return letter.Named("", id), nil
	case err != nil:
		return "", err
	}
	return letter.Named(c.Name, c.ID), nil
}

// keptOf names the customers whose lamps went out in the last seven days and who
// buy as they do again, those with the most money first.
func (a *App) keptOf(ctx context.Context, whose behold.Whose, on behold.Day) (names []string, err error) {
	const most = 50 // looked at: a letter names three
	out, err := a.State.OutLamps(ctx, on+1, 7)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b behold.LampCard) int { return cmp.Compare(b.MoneyAtRisk.Minor, a.MoneyAtRisk.Minor) })
	met := map[string]bool{}
	for i := range out {
		card := &out[i]
		if met[card.ID] || !whose.Asks(card.Colleague) || len(met) == most {
			continue
		}
		met[card.ID] = true
		rows, _, err := a.Facts.Standings(ctx, behold.StandingQuery{Day: on, ID: card.ID, Slice: behold.Slice{Limit: 1}})
		if err != nil && behold.KindOf(err) != behold.NotFound {
			return nil, err
		}
		if len(rows) == 1 && rows[0].State == behold.Active && len(rows[0].Lamps) == 0 {
			names = append(names, letter.Named(card.Name, card.ID))
		}
	}
	return names, nil
}

// TestLetter sends a letter that tries the mail server, at once.
func (a *App) TestLetter(ctx context.Context, address, language string) error {
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return err
	}
	server := a.config.mailServer()
	base, err := a.config.base()
	if err := errors.Join(err, server.Check()); err != nil {
		return err
	}
	c := behold.Colleague{Email: behold.ColleagueKey(address), Language: cmp.Or(language, settings.Language)}
	written, err := letter.Test(letter.Made{Words: phrase.For(c.Language), For: c, Base: base})
	if err != nil {
		return err
	}
	now := time.Now()
	return server.Send(ctx, mail.Message{
		To: c.Email, Subject: written.Subject, Text: written.Text, HTML: written.HTML, Language: phrase.For(c.Language).Lang(),
		Key: "test." + now.UTC().Format("20060102T150405.000000"), Date: now,
	})
}
