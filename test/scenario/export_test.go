package scenario

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"gridwork/domain/identity"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

// taken is a table that somebody takes away as a CSV: its lines, the first of which names the columns.
func (s *stage) taken(c *harness.Client, path string, query url.Values) [][]string {
	s.t.Helper()
	query.Set("as", "csv")
	a := c.Get(path + "?" + query.Encode())
	if a.Status != http.StatusOK {
		s.t.Fatalf("%s: %d %s", path, a.Status, a.Body)
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(a.Body), "\ufeff"))).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	return lines
}

func TestARegisterHoldsWhatItsTakerMayReadAndNothingThatASpreadsheetWouldRun(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given cases of two departments, one of them reported in words that are a formula, and one of a restricted kind,
	rubbish := s.routed(tip{Text: `=HYPERLINK("http://x","看")`, Category: fixture.Rubbish, Cell: 0})
	hydrant := s.routed(tip{Text: "消火栓漏水", Category: fixture.Hydrant, Cell: 1})
	r := s.submit(s.Anyone(), tip{Text: "隔壁有人打孩子", Category: fixture.Violence, Cell: 2})
	s.clueDone(s.As(s.Dispatcher), fileClue, harness.Vars{"clue": r.ID, "standard": s.Standards[fixture.Violence], "readers": []any{s.DutyLead.ID}})

	// when people take the register away,
	all := s.taken(s.As(s.Dispatcher), "/export/cases", url.Values{})
	fire := s.taken(s.As(s.Desks[fixture.Fire]), "/export/cases", url.Values{"in": {"en"}})

	// then the dispatcher has both usual ones, the newest first, and not the restricted one, though it is the dispatcher's own;
	if len(all) != 3 || all[1][0] != strconv.Itoa(hydrant.Number) || all[2][0] != strconv.Itoa(rubbish.Number) || all[0][0] != "案件编号" {
		t.Errorf("the dispatcher's: %q", all)
	}
	if text := all[2][len(all[2])-1]; text != `'=HYPERLINK("http://x","看")` {
		t.Errorf("the formula is written as %q", text)
	}
	// the desk has its own, in English;
	if len(fire) != 2 || fire[1][0] != strconv.Itoa(hydrant.Number) || fire[0][0] != "Case" || fire[1][1] != "to be accepted" {
		t.Errorf("fire's: %q", fire)
	}
	// a filter narrows it;
	if none := s.taken(s.As(s.Dispatcher), "/export/cases", url.Values{"states": {"CLOSED,VOIDED"}}); len(none) != 1 {
		t.Errorf("the closed ones: %q", none)
	}
	// whoever reads no cases by role has none, and the log says who took what.
	for who, c := range map[string]*harness.Client{"a volunteer": s.As(s.Volunteer), "a grid worker": s.As(s.Worker), "a handler": s.As(s.Handlers[fixture.Fire])} {
		if a := c.Get("/export/cases"); a.Status != http.StatusForbidden || !strings.Contains(string(a.Body), "REGISTER_NOT_YOURS") {
			t.Errorf("%s: %d %s", who, a.Status, a.Body)
		}
	}
	if a := s.Anyone().Get("/export/cases"); a.Status != http.StatusUnauthorized {
		t.Errorf("anybody: %d", a.Status)
	}
	type log struct {
		AuditLog struct{ Nodes []struct{ Action string } }
	}
	taken := 0
	for _, line := range harness.Ask[log](s.As(s.Admin), `query { auditLog(first: 50) { nodes { action } } }`, nil).AuditLog.Nodes {
		if line.Action == "register.take" {
			taken++
		}
	}
	if taken != 3 {
		t.Errorf("the log has %d of 3", taken)
	}
}

func TestAnExportThatIsAskedForWronglyIsToldWhere(t *testing.T) {
	t.Parallel()
	s := open(t)
	for query, want := range map[string]string{
		"/export/cases?as=pdf":                                       "as",
		"/export/cases?states=DONE":                                  "states",
		"/export/indicators?from=2026-03-01":                         "to",
		"/export/indicators?from=2026-03-02&to=2026-03-01":           "to",
		"/export/indicators?from=x&to=2026-03-01":                    "from",
		"/export/indicators?from=2026-03-01&to=2026-03-02&by=PERSON": "by",
	} {
		if a := s.As(s.Supervisor).Get(query); a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), `"path":"`+want+`"`) {
			t.Errorf("%s: %d %s", query, a.Status, a.Body)
		}
	}
	if a := s.As(s.Supervisor).Get("/export/campaigns/nonsense"); a.Status != http.StatusNotFound {
		t.Errorf("a made-up campaign: %d", a.Status)
	}
}

func TestIndicatorsAreTakenAwayWithWhatWasDividedByWhat(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.measured()
	s.closed(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	s.counts(s.Supervisor, "check_pass_rate", 1, 1)
	today := s.Now().In(identity.City).Format(time.DateOnly)
	query := url.Values{"from": {today}, "to": {today}, "by": {"DEPARTMENT"}, "measures": {"check_pass_rate"}}
	lines := s.taken(s.As(s.Supervisor), "/export/indicators", query)
	if len(lines) != 2 || lines[1][0] != fixture.Urban || lines[1][2] != "1" || lines[1][3] != "1" || lines[1][4] != "1" {
		t.Errorf("%q", lines)
	}
}
