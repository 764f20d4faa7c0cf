package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"behold"
)

// State is what is so now: lamps, rounds, settings.
type State interface {
	LitLamps(context.Context, behold.LampQuery) ([]behold.LampCard, int, error)
	LampSummary(context.Context) (behold.LampSummary, error)
	// LampSummaryOf counts the lamps of one colleague's customers.
	LampSummaryOf(context.Context, behold.Whose) (behold.LampSummary, error)
	// LastRound is the last round as of a day at the latest, NoDay for the last
	// of all; false when there was none.
	LastRound(context.Context, behold.Day) (behold.Round, bool, error)
	Settings(context.Context) (behold.Settings, error)
	// SaveSettings keeps who decided it, too.
	SaveSettings(ctx context.Context, settings behold.Settings, who string) error
	// SaveAct is NotFound when no such lamp is lit, Invalid when something is missing.
	SaveAct(context.Context, *behold.Act) error
	// Acts are what was decided about a customer's lamps, the latest first.
	Acts(ctx context.Context, customer string) ([]behold.Act, error)
	SaveMood(context.Context, behold.Mood) error
	// MoodOf feels "" when nobody said.
	MoodOf(ctx context.Context, customer string) (behold.Mood, error)
}

// Facts is what happened, as customers' pages ask for it.
type Facts interface {
	Standings(context.Context, behold.StandingQuery) ([]behold.Standing, int, error)
	// Customer is a NotFound error when nobody has the id.
	Customer(ctx context.Context, id string, day behold.Day) (*behold.Customer, error)
	// CustomersOf are those with these ids, by behold.CustomerKey.
	CustomersOf(ctx context.Context, ids []string) (map[string]behold.Customer, error)
	Orders(ctx context.Context, customer int32, day behold.Day, part behold.Slice) ([]behold.OrderSummary, int, error)
	// OrdersOf are those of several customers since a day, the latest first.
	OrdersOf(ctx context.Context, customers []int32, since, day behold.Day) (map[int32][]behold.OrderSummary, error)
	// Events are what happened beside orders, the latest first.
	Events(ctx context.Context, id string, day behold.Day, part behold.Slice) ([]behold.Event, int, error)
	// Portrait is what is recorded of a customer beside purchases and events.
	Portrait(ctx context.Context, customer int32, day behold.Day) (behold.Portrait, error)
	KindsOf(ctx context.Context, customer int32, day behold.Day) ([]behold.KindSummary, error)
}

// Book is what colleagues wrote down about customers. Every step can be taken
// back, and none of them is lost or doubled.
type Book interface {
	// Write is Invalid when something is missing, and Conflict when its form was
	// sent before with something else in it.
	Write(context.Context, *behold.Entry) error
	// Change is Conflict when somebody changed the entry since.
	Change(context.Context, *behold.Entry) error
	TakeBack(ctx context.Context, id string, version int64, by behold.EntrySignature) (behold.Entry, error)
	Entry(ctx context.Context, id string) (behold.Entry, error)
	Entries(context.Context, behold.EntryQuery) ([]behold.Entry, error)
	// Book is how much was ever written, and on which day the last of it was.
	Book(context.Context) (versions int64, last behold.Day, err error)
}

// Arrivals is what was imported.
type Arrivals interface {
	Imports(context.Context) ([]behold.Receipt, error)
	EachReject(ctx context.Context, id int64, each func(behold.Reject) error) error
	// Extent is how much is recorded by a day.
	Extent(context.Context, behold.Day) (behold.Extent, error)
}

// A File is an uploaded file on its way in.
type File struct {
	Path     string // where its bytes are
	Name     string // as the colleague calls it
	Progress func(done, total int64)
	Reject   func(behold.Reject) error // nil: nobody wants to see each

	behold.Reading // what somebody said about it
}

// Work is what takes its time.
type Work interface {
	// Look shows what there is, even if columns are missing (Receipt.Missing) or
	// the table is anybody's guess.
	Look(context.Context, File) (*behold.Receipt, error)
	DryRun(context.Context, File) (*behold.Receipt, error)
	Import(context.Context, File) (*behold.Receipt, error)
	Undo(ctx context.Context, id int64) error
	Round(ctx context.Context, day behold.Day, progress func(done, total int64)) (*behold.Round, error)
}

// Deps is what the pages need.
type Deps struct {
	State    State
	Facts    Facts
	Lists    Lists
	Book     Book
	Promises Promises
	Cases    Cases
	Books    Playbooks
	Also     Companions // nil: nothing is suggested
	Arrivals Arrivals
	Work     Work
	Letters  Letters
	Answers  Answers
	Asking   Asking
	Start    Start
	Company  Company
	Plans    Plans
	Hours    Hours
	Feeds    Calendars
	Reports  Reports
	Effects  Effects
	Voices   Voices
	Deeds    Deeds
	Remarks  Remarks // nil: nothing is read
	Live     *Live   // what open pages are told by; nil: one of their own
	Log      *slog.Logger
	Now      func() time.Time // nil: the machine's clock
	Uploads  string           // folder for files that wait for a yes; "": a temporary one
	Hosts    []string         // names the server is reached by, beside this machine's own

	Board     Board     // how the teams are doing
	Pulse     Pulse     // and how it is to work here
	Decisions Decisions // what was agreed

	Reckonings Reckonings // nil: rounds count nothing of the whole company

	Access     Access           // nil: nobody signs in, and whoever reaches the pages is Who
	Who        behold.Colleague // without Access; an owner, if it has no role
	Colleagues Colleagues       // with Access
	Changes    Changes          // nil: who changed what is not kept
	Code       string           // by which one who does not sit at this machine becomes the first owner; "": none can
	Proxies    []netip.Prefix   // of ours: what they say about where a request comes from is believed

	Version  string
	Invented bool // the data are an invented shop's; every page says so
}

type server struct {
	Deps
	assets  assets
	uploads uploads
	tasks   tasks
	told    lossTold
	heard   voiceTold
	knocks  knocks
}

// New makes the pages. The handler is complete: it guards, compresses, serves
// and answers for its own errors.
func New(d Deps) http.Handler {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Live == nil {
		d.Live = NewLive()
	}
	if d.Uploads == "" {
		d.Uploads = filepath.Join(os.TempDir(), "behold-uploads")
	}
	s := &server{Deps: d, assets: readAssets()}
	s.uploads.dir = d.Uploads
	s.uploads.clear()
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.method+" "+r.path, s.answer(r))
	}
	mux.Handle("/", s.answer(route{who: behold.Reader, do: nowhere}))
	return s.guard(gzhttp.GzipHandler(mux))
}

func (s *server) today() behold.Day { return behold.DayOf(s.Now()) }
