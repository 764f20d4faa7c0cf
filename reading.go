package behold

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// A Reading is what somebody said about how a file is to be read; what it
// leaves empty the file shows itself. It is remembered for files with the same
// header.
type Reading struct {
	As      Table             `json:"as,omitempty"`
	Source  string            `json:"source,omitempty"`  // the system the rows come from
	Sheet   string            `json:"sheet,omitempty"`   // of a workbook
	Dates   string            `json:"dates,omitempty"`   // "day" or "month" comes first
	Decimal string            `json:"decimal,omitempty"` // "." or ",", where numbers do not show it
	Map     map[string]string `json:"map,omitempty"`     // header to column; AsAttribute, LeftOut
}

// What a Reading may say of a column that is not taken for one of the table's.
const (
	AsAttribute = "-"  // keep it beside
	LeftOut     = "--" // do not keep it
)

// Shape is the same for files with the same header, whatever stands below it.
func (r *Receipt) Shape() string {
	sum := sha256.New()
	for _, c := range r.Columns {
		sum.Write([]byte(strings.ToLower(strings.TrimSpace(c.Header)) + "\x00"))
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}
