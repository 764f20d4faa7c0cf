package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTablesOfLaterReleasesAreNotTakenForCustomers(t *testing.T) {
	for _, header := range []string{
		"customer,person,name,email,phone,role,valid_from,valid_to,email_status",
		"invoice,customer,due_on,paid_on,amount,currency,disputed",
		"contract,customer,product,starts_on,ends_on",
		"contact,customer,at,direction,channel,colleague,text",
		"ticket,customer,opened_at,first_reply_at,closed_at",
		"promise,customer,made_at,due_at,kept_at",
		"answer,customer,answered_at,item,value,scale_max",
		"quote,customer,at,amount,currency,won_at",
		"customer,left_on,reason,since",
		"month,aim,amount,hours",
		"colleague,name,team,hours_per_week",
	} {
		path := filepath.Join(t.TempDir(), "table.csv")
		cells := strings.Repeat("2025-01-01,", strings.Count(header, ",")) + "x\nK-1,2025-01-01,customer,name" + strings.Repeat(",", max(0, strings.Count(header, ",")-3)) + "\n"
		if err := os.WriteFile(path, []byte(header+"\n"+cells), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Look(t.Context(), path, Options{File: "table.csv"}); !ForLater(err) {
			t.Errorf("%s: %v", header, err)
		}
	}
}
