package scenario

import (
	"strings"
	"testing"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

var (
	askMalicious    = mutation{"askMalicious", "AskMaliciousInput", `clue { id state actions }`}
	decideMalicious = mutation{"decideMalicious", "DecideMaliciousInput", `clue { id state actions }`}
)

func TestAReportIsMaliciousOnlyWhereTwoPeopleSayItIs(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given a stranger's report,
	stranger := s.Anyone()
	r := s.submit(stranger, tip{Text: "某某家里藏毒", Category: fixture.Rubbish, Cell: 0})

	// when a duty lead asks for it to be marked, and nobody else may,
	s.refused(s.As(s.Dispatcher), askMalicious, harness.Vars{"clue": r.ID, "reason": "诬告"}, "ACTION_NOT_YOURS")
	s.clueDone(s.As(s.DutyLead), askMalicious, harness.Vars{"clue": r.ID, "reason": "诬告"})
	s.refused(s.As(s.DutyLead), decideMalicious, harness.Vars{"clue": r.ID, "malicious": true, "note": "诬告"}, "ACTION_NOT_YOURS")
	if s.clueAs(s.As(s.Dispatcher), r.ID).State != "SUBMITTED" {
		t.Error("one person has marked it")
	}

	// then it takes a second person,
	if s.told(s.Supervisor, "MALICE_ASKED") != 1 {
		t.Error("nobody was asked to decide")
	}
	s.clueDone(s.As(s.Supervisor), decideMalicious, harness.Vars{"clue": r.ID, "malicious": true, "note": "核实无此事"})
	if s.told(s.DutyLead, "MALICE_DECIDED") != 1 {
		t.Error("the duty lead was not told")
	}

	// and the reporter is told that nothing follows, and not what they are taken for.
	seen := harness.Ask[struct{ TrackClue trackView }](stranger, trackQuery, harness.Vars{"code": *r.ClaimCode}).TrackClue
	if seen.Stage != "CLOSED" || seen.Outcome == nil || strings.Contains(strings.ToLower(*seen.Outcome), "malicious") || seen.Reason != nil {
		t.Errorf("%+v, %v", seen, seen.Outcome)
	}
	s.Settle()
	s.TakeSMS()
}
