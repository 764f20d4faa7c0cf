package web

import (
	"errors"
	"log/slog"
	"net/http"

	"behold"
)

// A request is what is asked for, and by whom.
type request struct {
	*http.Request
	who   behold.Colleague
	whose behold.Whose // of whom alone they may see anything; the zero one: of everybody
}

// A route is one thing that can be asked for, and by whom.
type route struct {
	method, path string
	who          behold.Role
	do           func(http.ResponseWriter, *request) error
}

// routes is the one table of everything that is served.
func (s *server) routes() []route {
	return []route{
		{"GET", "/{$}", behold.Reader, s.todayPage},
		{"GET", "/lamps", behold.Reader, s.lampsPage},
		{"GET", "/lamps.csv", behold.Reader, s.lampsCSV},
		{"POST", "/lamps", behold.Member, s.actOnMany},
		{"GET", "/lamps/kinds", behold.Reader, s.lampKindsPage},
		{"GET", "/lamps/kinds/{kind}", behold.Reader, s.lampKindPage},
		{"GET", "/customers", behold.Reader, s.customersPage},
		{"GET", "/customers.csv", behold.Reader, s.customersCSV},
		{"GET", "/customers/{id}", behold.Reader, s.customerPage},
		{"POST", "/customers/{id}/lamps/{kind}", behold.Member, s.act},
		{"POST", "/customers/{id}/mood", behold.Member, s.saveMood},
		{"GET", "/reasons", behold.Manager, s.reasonsPage},
		{"GET", "/reasons/report", behold.Manager, s.reasonsReport},
		{"GET", "/loss", behold.Manager, s.lossPage},
		{"GET", "/loss.csv", behold.Manager, s.lossCSV},
		{"GET", "/loss/report", behold.Manager, s.companyReport("loss")},
		{"GET", "/funnel/report", behold.Manager, s.companyReport("funnel")},
		{"GET", "/economy/report", behold.Manager, s.companyReport("economy")},
		{"GET", "/fairness/report", behold.Manager, s.companyReport("fairness")},
		{"GET", "/money.csv", behold.Manager, s.moneyCSV},
		{"GET", "/voice", behold.Manager, s.voicePage},
		{"GET", "/voice.csv", behold.Manager, s.voiceCSV},
		{"GET", "/voice/answers.csv", behold.Manager, s.countedCSV},
		{"GET", "/voice/report", behold.Manager, s.voiceReport},
		{"GET", textsPath, behold.Manager, s.textsPage},
		{"GET", "/voice/texts.csv", behold.Manager, s.textsCSV},
		{"POST", "/voice/corrections/{correction}/undo", behold.Manager, s.undoCorrection},
		{"GET", "/customers/{id}/remark", behold.Reader, s.remarkPage},
		{"POST", "/customers/{id}/remark", behold.Member, s.correct},
		{"POST", "/customers/{id}/remark/undo", behold.Member, s.takeBackOwn},
		{"POST", "/voice/deeds", behold.Manager, s.saveDeed},
		{"POST", "/voice/deeds/{deed}/undo", behold.Manager, s.takeBackDeed},
		{"GET", "/money", behold.Manager, s.moneyPage},
		{"GET", "/owner", behold.Manager, s.ownerPage},
		{"GET", "/team", behold.Manager, s.teamPage},
		{"GET", "/effect", behold.Manager, s.effectPage},
		{"GET", "/effect/report", behold.Manager, s.effectReport},
		{"GET", "/team/attention.csv", behold.Manager, s.attentionCSV},
		{"GET", "/team/ledger", behold.Reader, s.ledgerPage},
		{"GET", "/team/ledger.csv", behold.Reader, s.ledgerCSV},
		{"GET", "/pulse", behold.Reader, s.pulsePage},
		{"POST", "/pulse", behold.Reader, s.answerPulse},
		{"GET", "/registers", behold.Manager, s.registersPage},
		{"GET", "/registers.csv", behold.Manager, s.refusalsCSV},
		{"GET", "/decisions", behold.Manager, s.decisionsPage},
		{"POST", "/decisions", behold.Manager, s.decide},
		{"GET", "/settings/team", behold.Owner, s.teamSettingsPage},
		{"POST", "/settings/team", behold.Owner, s.saveTeamSettings},
		{"POST", "/customers/{id}/lamps", behold.Member, s.actOnAll},
		{"POST", "/customers/{id}/entries", behold.Member, s.write},
		{"POST", "/entries/{entry}", behold.Member, s.change},
		{"POST", "/entries/{entry}/undo", behold.Member, s.takeBack},
		{"GET", "/promises", behold.Reader, s.promisesPage},
		{"GET", "/promises.csv", behold.Reader, s.promisesCSV},
		{"POST", "/customers/{id}/promises", behold.Member, s.settlePromise},
		{"GET", "/cases", behold.Reader, s.casesPage},
		{"GET", "/cases.csv", behold.Reader, s.casesCSV},
		{"POST", "/cases/{case}", behold.Member, s.moveCase},
		{"POST", "/cases/{case}/undo", behold.Member, s.undoCase},
		{"POST", "/customers/{id}/case", behold.Member, s.openCase},
		{"GET", "/imports", behold.Reader, s.importsPage},
		{"POST", "/imports", behold.Manager, s.upload},
		{"GET", "/templates/{table}", behold.Reader, s.templateCSV},
		{"GET", "/invented/remove", behold.Owner, s.removeInventedPage},
		{"POST", "/invented/remove", behold.Owner, s.removeInvented},
		{"POST", "/invented", behold.Owner, s.invent},
		{"GET", "/uploads", behold.Manager, s.uploadsPage},
		{"POST", "/uploads", behold.Manager, s.confirmUploads},
		{"GET", "/uploads/{upload}", behold.Manager, s.uploadPage},
		{"POST", "/uploads/{upload}/reading", behold.Manager, s.readAs},
		{"POST", "/uploads/{upload}/currency", behold.Owner, s.sayCurrency},
		{"GET", "/uploads/{upload}/rejects.csv", behold.Manager, s.uploadRejectsCSV},
		{"POST", "/uploads/{upload}", behold.Manager, s.confirmUpload},
		{"POST", "/uploads/{upload}/dates", behold.Manager, s.readDates},
		{"POST", "/uploads/{upload}/drop", behold.Manager, s.dropUpload},
		{"GET", "/imports/{import}", behold.Reader, s.importPage},
		{"GET", "/imports/{import}/rejects.csv", behold.Reader, s.rejectsCSV},
		{"GET", "/imports/{import}/undo", behold.Manager, s.undoPage},
		{"POST", "/imports/{import}/undo", behold.Manager, s.undo},
		{"POST", "/rounds", behold.Manager, s.startRound},
		{"GET", "/work/{task}", behold.Reader, s.taskPage},
		{"POST", "/work/{task}/stop", behold.Manager, s.stopTask},
		{"GET", "/live", behold.Reader, s.liveStream},
		{"GET", "/settings", behold.Reader, s.settingsPage},
		{"POST", "/settings", behold.Owner, s.saveSettings},
		{"GET", "/settings/letters", behold.Owner, s.letterSettingsPage},
		{"POST", "/settings/letters", behold.Owner, s.saveLetterSettings},
		{"POST", "/settings/letters/test", behold.Owner, s.testLetter},
		{"GET", "/account/letters", behold.Reader, s.accountLettersPage},
		{"POST", "/account/letters", behold.Reader, s.saveAccountLetters},
		{"GET", "/letters/stop/{token}", anyone, s.stopPage},
		{"POST", "/letters/stop/{token}", anyone, s.stopLetter},
		{"GET", "/survey", behold.Manager, s.surveyPage},
		{"POST", "/survey/returned", behold.Manager, s.saveReturned},
		{"GET", "/survey/settings", behold.Owner, s.surveySettingsPage},
		{"POST", "/survey/settings", behold.Owner, s.saveSurveySettings},
		{"GET", "/survey/words", behold.Manager, s.surveyWordsPage},
		{"POST", "/survey/words", behold.Owner, s.saveSurveyWords},
		{"GET", "/survey/preview", behold.Manager, s.surveyPreviewPage},
		{"GET", "/survey/preview/form", behold.Manager, s.surveyPreviewForm},
		{"GET", "/survey/links", behold.Manager, s.surveyLinksPage},
		{"POST", "/survey/links", behold.Manager, s.addSurveyLink},
		{"POST", "/survey/links/{link}", behold.Manager, s.closeSurveyLink},
		{"GET", "/survey/links/{link}/card", behold.Manager, s.surveyCardPage},
		{"GET", "/survey/links/{link}/qr.svg", behold.Manager, s.surveyCode},
		{"GET", "/a/{token}", anyone, s.answerPage},
		{"POST", "/a/{token}", anyone, s.saveAnswer},
		{"POST", "/a/{token}/call", anyone, s.callMe},
		{"GET", "/a/{token}/stop", anyone, s.noSurveysPage},
		{"POST", "/a/{token}/stop", anyone, s.noSurveys},
		{"GET", "/q/{token}", anyone, s.placePage},
		{"POST", "/q/{token}", anyone, s.savePlace},
		{"GET", "/q/{token}/frame", anyone, s.placePage},
		{"POST", "/q/{token}/frame", anyone, s.savePlace},
		{"GET", "/help", behold.Reader, s.helpPage},
		{"GET", "/style", behold.Reader, s.stylePage},
		{"GET", "/asset/", anyone, s.asset},
		{"GET", "/sign-in", anyone, s.signInPage},
		{"POST", "/sign-in", anyone, s.signIn},
		{"POST", "/sign-out", behold.Reader, s.signOut},
		{"GET", "/first", anyone, s.firstPage},
		{"POST", "/first", anyone, s.first},
		{"GET", invitationPath + "{token}", anyone, s.invitationPage},
		{"POST", invitationPath + "{token}", anyone, s.accept},
		{"GET", "/account", behold.Reader, s.accountPage},
		{"POST", "/account/calendar", behold.Reader, s.makeCalendar},
		{"POST", "/account/calendar/end", behold.Reader, s.endCalendar},
		{"GET", "/calendar/{token}", anyone, s.calendarICS},
		{"GET", hoursPath, behold.Member, s.hoursPage},
		{"POST", hoursPath, behold.Member, s.saveHours},
		{"POST", hoursPath + "/usual", behold.Member, s.usualHours},
		{"POST", hoursPath + "/absence", behold.Member, s.saveAbsence},
		{"POST", hoursPath + "/absence/end", behold.Member, s.endAbsence},
		{"POST", hoursPath + "/closed", behold.Owner, s.closeDay},
		{"POST", hoursPath + "/closed/open", behold.Owner, s.openDay},
		{"POST", "/account", behold.Reader, s.saveAccount},
		{"POST", "/account/password", behold.Reader, s.savePassword},
		{"GET", "/settings/colleagues", behold.Owner, s.colleaguesPage},
		{"POST", "/settings/colleagues", behold.Owner, s.invite},
		{"POST", "/settings/colleagues/{email}/role", behold.Owner, s.saveRole},
		{"POST", "/settings/colleagues/{email}/link", behold.Owner, s.newLink},
		{"POST", "/settings/colleagues/{email}/gone", behold.Owner, s.gone},
		{"POST", "/settings/colleagues/{email}/back", behold.Owner, s.back},
		{"GET", "/settings/changes", behold.Owner, s.changesPage},
		{"GET", playbooksPath, behold.Manager, s.playbooksPage},
		{"POST", playbooksPath + "/{reason}", behold.Manager, s.savePlaybook},
		{"POST", "/settings/texts", behold.Manager, s.saveWording},
	}
}

// answer serves a route: the one place where errors are logged and answered.
func (s *server) answer(to route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, plain *http.Request) {
		r := &request{Request: plain}
		err := s.admit(w, r, to)
		if err == nil {
			err = to.do(w, r)
		}
		if errors.Is(err, errNobody) {
			err = s.signInFirst(w, r)
		}
		if err == nil || r.Context().Err() != nil { // whoever asked has gone
			return
		}
		status := statusOf(err)
		if status >= 500 {
			s.Log.Error("page failed", slog.String("path", to.path), slog.Any("error", err))
		}
		if err := s.errorPage(w, r, status, err); err != nil {
			s.Log.Error("error page failed", slog.Any("error", err))
			http.Error(w, http.StatusText(status), status)
		}
	})
}

func statusOf(err error) int {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return http.StatusRequestEntityTooLarge
	}
	switch behold.KindOf(err) {
	case behold.NotFound:
		return http.StatusNotFound
	case behold.Invalid:
		return http.StatusUnprocessableEntity
	case behold.Conflict:
		return http.StatusConflict
	case behold.Forbidden:
		return http.StatusForbidden
	case behold.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

func nowhere(http.ResponseWriter, *request) error {
	return &behold.Error{Kind: behold.NotFound, Code: "no_page", Say: "there is no such page"}
}
