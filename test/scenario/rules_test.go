package scenario

import (
	"context"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

type ruleSetView struct {
	Version, Revision int
	State             string
	Rules             []struct{ Code string }
	Findings          []struct{ Severity, Code, Rule, Category string }
}

const ruleSetFields = ` ruleSet { version revision state rules { code } findings { severity code rule category } }`

var (
	draftRules    = mutation{"draftRules", "DraftRulesInput", ruleSetFields}
	editRules     = mutation{"editRules", "EditRulesInput", ruleSetFields}
	publishRules  = mutation{"publishRules", "PublishRulesInput", ruleSetFields}
	rollbackRules = mutation{"rollbackRules", "RollbackRulesInput", ruleSetFields}
)

// ruled is what a change of the rules gives.
func (s *stage) ruled(c *harness.Client, m mutation, in harness.Vars) ruleSetView {
	s.t.Helper()
	got, refused := attempt[struct{ RuleSet ruleSetView }](c, m, in)
	if refused != nil {
		s.t.Fatalf("%s: %s", m.name, refused)
	}
	return got.RuleSet
}

func TestARuleIsDraftedByOneTriedOnThePastPublishedByAnotherAndRolledBack(t *testing.T) {
	t.Parallel()
	s := open(t)
	second := &harness.Person{}
	s.Given(func(ctx context.Context, tx *pg.Tx) {
		somebody := fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.CityCode, ""), fixture.SignsIn("second.admin", identity.HashPassword(harness.Password)))
		second.Actor, second.Login = somebody, "second.admin"
		for _, department := range []string{fixture.Fire, fixture.Urban, fixture.Safety} {
			fixture.Person(t, ctx, tx, fixture.As(actor.DepartmentDesk, fixture.CityCode, department))
		}
	})
	author, other := s.As(s.Admin), s.As(second)

	// Given a case that the rules have sent to urban management, whose desk says that it is safety's, rightly,
	c := s.routed(tip{Text: "工地渣土", Category: fixture.Rubbish, Cell: 0})
	s.notOurs(c, fixture.Urban, fixture.Safety, "")
	s.done(s.As(s.Dispatcher), decideReturn, harness.Vars{"case": c.ID, "uphold": true, "note": "工地归安监"})

	// when an administrator drafts a rule that would have known,
	draft := s.ruled(author, draftRules, harness.Vars{"from": 1, "note": "工地渣土归安监"})
	rule := func(code, category, department string) harness.Vars {
		return harness.Vars{"code": code, "nameZh": code, "nameEn": code, "conditions": harness.Vars{"categories": []string{category}},
			"outcome": harness.Vars{"department": department, "ladder": "standard", "priority": 2}}
	}
	rules := []harness.Vars{rule("R0201", fixture.Rubbish, fixture.Safety), rule("R0801", fixture.BlockedExit, fixture.Fire)}
	draft = s.ruled(author, editRules, harness.Vars{"version": draft.Version, "revision": draft.Revision, "note": "工地渣土归安监", "rules": rules})
	if len(draft.Findings) == 0 || draft.Findings[0].Code != "NO_RULE" {
		t.Errorf("the examination finds %+v", draft.Findings)
	}

	// then a replay shows whom it moves, with the case behind the number, and that it would have been right at once,
	period := harness.Vars{"version": draft.Version, "from": s.Now().Add(-time.Hour), "to": s.Now().Add(time.Hour)}
	type difference struct {
		Was, Would string
		Cases      int
		Newest     []struct{ Category, Rule, Ended string }
	}
	replay := harness.Ask[struct {
		ReplayRules struct {
			Cases, Moved, Returned, RightAtOnce int
			Differences                         []difference
		}
	}](author, `query ($in: ReplayInput!) { replayRules(input: $in) { cases moved returned rightAtOnce differences { was would cases newest { category rule ended } } } }`,
		harness.Vars{"in": period}).ReplayRules
	if replay.Cases != 1 || replay.Moved != 1 || replay.RightAtOnce != 1 || len(replay.Differences) != 1 {
		t.Fatalf("replayed: %+v", replay)
	}
	moved := replay.Differences[0]
	if moved.Was != fixture.Urban || moved.Would != fixture.Safety || moved.Cases != 1 || len(moved.Newest) != 1 {
		t.Fatalf("moved: %+v", moved)
	}
	if seen := moved.Newest[0]; seen.Category != fixture.Rubbish || seen.Rule != "R0201" || seen.Ended != fixture.Safety {
		t.Errorf("its author, who reads no cases, sees %+v", seen)
	}
	period["was"], period["would"] = fixture.Urban, fixture.Safety
	behind := harness.Ask[struct{ MovedCases struct{ Nodes []caseView } }](s.As(s.Supervisor),
		`query ($in: MovedCasesInput!) { movedCases(input: $in) { nodes { id } } }`, harness.Vars{"in": period}).MovedCases
	if len(behind.Nodes) != 1 || behind.Nodes[0].ID != c.ID {
		t.Errorf("behind the number: %+v", behind.Nodes)
	}

	// another one publishes it, since its author cannot,
	_, refused := attempt[struct{}](author, publishRules, harness.Vars{"version": draft.Version, "revision": draft.Revision})
	if refused == nil || refused.Code != "AUTHOR_CANNOT_PUBLISH" {
		t.Errorf("published by its author: %+v", refused)
	}
	s.ruled(other, publishRules, harness.Vars{"version": draft.Version, "revision": draft.Revision})
	if next := s.routed(tip{Text: "工地渣土", Category: fixture.Rubbish, Cell: 3}); next.Department.Code != fixture.Safety {
		t.Errorf("by the new rules it went to %s", next.Department.Code)
	}

	// and one step brings the old ones back.
	back := s.ruled(other, rollbackRules, harness.Vars{"to": 1, "note": "误伤"})
	if back.State != "PUBLISHED" || len(back.Rules) != 5 {
		t.Errorf("rolled back to %+v", back)
	}
	if next := s.routed(tip{Text: "工地渣土", Category: fixture.Rubbish, Cell: 5}); next.Department.Code != fixture.Urban {
		t.Errorf("by the old rules it went to %s", next.Department.Code)
	}
	ledger := harness.Ask[struct {
		ReturnLedger []struct {
			Department                code
			Dispatched, Asked, Upheld int
		}
	}](s.As(s.Supervisor), `query ($in: ReturnLedgerInput!) { returnLedger(input: $in) { department { code } dispatched asked upheld } }`,
		harness.Vars{"in": harness.Vars{"from": s.Now().Add(-time.Hour), "to": s.Now().Add(time.Hour)}}).ReturnLedger
	if len(ledger) != 3 || ledger[2].Department.Code != fixture.Urban || ledger[2].Dispatched != 2 || ledger[2].Asked != 1 || ledger[2].Upheld != 1 {
		t.Errorf("the ledger says %+v", ledger)
	}
}
