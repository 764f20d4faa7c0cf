package behold

// An Invention is the invented shop in a data folder: whether it is there, and
// what it changed.
type Invention struct {
	Stage     InventionStage `json:"stage"`
	Customers int64          `json:"customers"`
	Seed      uint64         `json:"seed"`
	Until     Day            `json:"until"`  // last day of its history
	Before    Settings       `json:"before"` // the company's settings when it came
}

// An InventionStage is how far the invented shop has come, or gone. What a
// crash cut short stays at its stage and is gone on with.
type InventionStage string

// The stages.
const (
	NotInvented      InventionStage = ""
	InventionFilling InventionStage = "filling"
	InventionFull    InventionStage = "full"
	InventionLeaving InventionStage = "leaving"
)

// InventedSource is the source of everything that the invented shop brings.
const InventedSource = "invented"

// A Holding is how much of one table is recorded.
type Holding struct {
	Table     Table
	Rows      int64
	Customers int64 // whom the rows are about
	Reachable int64 // of the table of customers: those with an e-mail address
	First     Day   // NoDay where rows have no day
	Last      Day
}
