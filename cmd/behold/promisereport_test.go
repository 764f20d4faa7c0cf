package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// promisesOf imports promises, and who works in which team.
func promisesOf(t *testing.T, promises string) (data string) {
	t.Helper()
	data = t.TempDir()
	for name, body := range map[string]string{
		"orders.csv":     "customer,order,ordered_at,amount\nK-1,F-1,2025-01-05,100\nK-2,F-2,2025-03-31,100\n",
		"promises.csv":   promises,
		"colleagues.csv": "colleague,name,team\nida@firm.example,Ida,North\nbo@firm.example,Bo,South\n",
	} {
		path := filepath.Join(data, name)
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		must(t, exitDone, data, "import", path, "--as", strings.TrimSuffix(name, ".csv"))
	}
	return data
}

func TestReportPromises(t *testing.T) {
	data := promisesOf(t, `promise,customer,made_at,due_at,kept_at,text,kind,colleague
P-1,K-1,2025-01-02,2025-01-10,2025-01-10,Send the sample,quote,Ida@firm.example
P-2,K-1,2025-01-02,2025-01-12,2025-01-20,Call back,callback,ida@firm.example
P-3,K-2,2025-01-02,2025-02-10,,Repair it,repair,bo@firm.example
P-4,K-2,2025-02-02,2025-03-30,,Repair it,repair,bo@firm.example
P-5,K-2,2025-03-02,2025-04-15,,Repair it,repair,bo@firm.example
P-6,K-2,2025-03-02,2025-03-15,2025-03-14,Deliver,delivery,bo@firm.example
`)
	rows := must(t, exitDone, data, "report", "promises", "--day", "2025-03-31", "--format", "csv")
	got, err := csv.NewReader(strings.NewReader(rows.out)).ReadAll()
	if err != nil || len(got) != 8 {
		t.Fatalf("%d rows, %v:\n%s", len(got), err, rows.out)
	}
	if diff := cmp.Diff([]string{"all", "", "", "", "6", "5", "3", "2", "1", "1", "1", "1", "0", "0.4"}, got[1][:14]); diff != "" {
		t.Errorf("all of them (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"team", "South", "", "", "4", "3", "1", "1", "0", "1", "1", "1", "0", ""}, got[3][:14]); diff != "" {
		t.Errorf("the team of Bo (-want +got):\n%s", diff)
	}
	var told struct {
		All        map[string]any
		Colleagues []map[string]any
	}
	must(t, exitDone, data, "config", "set", "individual_staff_credit", "true")
	if err := json.Unmarshal([]byte(must(t, exitDone, data, "report", "promises", "--day", "2025-03-31", "--format", "json").out), &told); err != nil {
		t.Fatal(err)
	}
	if len(told.Colleagues) != 2 || told.All["kept_in_time"] != 2. {
		t.Errorf("as JSON: %+v", told)
	}
	each := must(t, exitDone, data, "report", "promises", "--day", "2025-03-31", "--format", "csv", "--each", "--since", "2025-03-01")
	if want := "P-4,K-2,South,bo@firm.example,repair,2025-02-02,2025-03-30,,overdue,1,file\n"; !strings.Contains(each.out, want) || strings.Contains(each.out, "P-1,") {
		t.Errorf("each of them since March:\n%s", each.out)
	}
}

// Without any promise the report says where promises come from.
func TestReportPromisesOfNone(t *testing.T) {
	data := promisesOf(t, "promise,customer,made_at,due_at\nP-1,K-1,2025-06-02,2025-06-10\n")
	page := filepath.Join(data, "promises.html")
	told := must(t, exitDone, data, "report", "promises", "--day", "2025-03-31", "--language", "nl", "--html", page)
	if !strings.Contains(told.out, "Er is geen belofte vastgelegd") {
		t.Errorf("nothing to tell:\n%s", told.out)
	}
	if html, err := os.ReadFile(page); err != nil || !strings.Contains(string(html), `<html lang="nl">`) {
		t.Errorf("the page, %v", err)
	}
}
