package routing_test

import (
	"encoding/json"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/routing"
	"gridwork/fault"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

func TestTheNewestSetInEffectDecides(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	tx.Actor = actor.System("test")
	if set, err := routing.Current(ctx, tx); err != nil || set.Version != 0 || len(set.Rules) != 0 {
		t.Fatalf("before any set: %+v, %v", set, err)
	}
	fixture.Standards(t, ctx, tx)
	before, err := routing.Current(ctx, tx)
	if err != nil || len(before.Rules) == 0 {
		t.Fatalf("%+v, %v", before, err)
	}

	tomorrow := tx.Now.Add(24 * time.Hour)
	next := routing.RuleSet{Note: "夜间改由城管负责", EffectiveFrom: tomorrow,
		Rules: []routing.Rule{rule("night", "urban_management", routing.Conditions{Hours: &routing.Hours{From: 22, To: 6}})}}
	version, err := routing.Publish(ctx, tx, next)
	if err != nil || version != before.Version+1 {
		t.Fatalf("version %d, %v", version, err)
	}

	if now, _ := routing.Current(ctx, tx); now.Version != before.Version {
		t.Errorf("version %d decides before its time", now.Version)
	}
	tx.Now = tomorrow
	now, err := routing.Current(ctx, tx)
	if err != nil || now.Version != version || *now.Rules[0].Conditions.Hours != (routing.Hours{From: 22, To: 6}) {
		t.Errorf("tomorrow: %+v, %v", now, err)
	}
}

func TestARuleSetThatCouldNotDecideIsRefusedWithItsPath(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	tx.Actor = actor.System("test")
	fixture.Standards(t, ctx, tx)
	good := func() routing.RuleSet {
		return routing.RuleSet{Rules: []routing.Rule{rule("a", "fire", routing.Conditions{}), rule("b", "fire", routing.Conditions{})}}
	}
	for name, c := range map[string]struct {
		spoil      func(*routing.RuleSet)
		code, path string
	}{
		"no rules":        {func(s *routing.RuleSet) { s.Rules = nil }, "RULES_COUNT", "rules"},
		"a code twice":    {func(s *routing.RuleSet) { s.Rules[1].Code = "a" }, "RULE_CODE", "rules[1].code"},
		"a nameless rule": {func(s *routing.RuleSet) { s.Rules[0].NameZH = "" }, "RULE_NAME", "rules[0].nameZh"},
		"department unheard of": {func(s *routing.RuleSet) { s.Rules[0].Outcome.Department = "police" }, "DEPARTMENT_UNKNOWN",
			"rules[0].outcome.department"},
		"ladder unheard of": {func(s *routing.RuleSet) { s.Rules[0].Outcome.Ladder = "gentle" }, "LADDER_UNKNOWN", "rules[0].outcome.ladder"},
		"helps itself":      {func(s *routing.RuleSet) { s.Rules[0].Outcome.Assisting = []string{"fire"} }, "RULE_DEPARTMENT", "rules[0].outcome.assisting[0]"},
		"priority too high": {func(s *routing.RuleSet) { s.Rules[0].Outcome.Priority = 0 }, "RULE_PRIORITY", "rules[0].outcome.priority"},
		"hours that never end": {func(s *routing.RuleSet) { s.Rules[0].Conditions.Hours = &routing.Hours{From: 25, To: 3} }, "RULE_HOURS",
			"rules[0].conditions.hours.from"},
		"region of three digits": {func(s *routing.RuleSet) { s.Rules[1].Conditions.Regions = []string{"4403", "440"} }, "RULE_CONDITION",
			"rules[1].conditions.regions[1]"},
		"in effect yesterday": {func(s *routing.RuleSet) { s.EffectiveFrom = tx.Now.Add(-time.Hour) }, "RULES_PAST", "effectiveFrom"},
	} {
		set := good()
		c.spoil(&set)
		_, err := routing.Publish(ctx, tx, set)
		e, ok := fault.As(err)
		if !ok || e.Code != c.code || e.Field != c.path {
			t.Errorf("%s: %v", name, err)
		}
	}
	fixture.Do(tx, fixture.Person(t, ctx, tx, fixture.As(actor.Supervisor, fixture.CityCode, "")), func() {
		if _, err := routing.Publish(ctx, tx, good()); !fault.Is(err, "ACTION_NOT_YOURS") {
			t.Errorf("a supervisor: %v", err)
		}
	})
}

func TestAMisspelledConditionNeverSilentlyFitsEverything(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, path string }{
		"unknown field":    {`{"categorys": ["0801"]}`, ""},
		"wrong type":       {`{"categories": "0801"}`, "categories"},
		"wrong inner type": {`{"hours": {"from": "22", "to": 6}}`, "hours.from"},
		"bad value":        {`{"regions": ["4403", "44 03"]}`, "regions[1]"},
		"weekday":          {`{"weekdays": ["Sunday"]}`, "weekdays[0]"},
		"not an object":    {`["0801"]`, ""},
	} {
		var got routing.Conditions
		err := json.Unmarshal([]byte(c.body), &got)
		e, ok := fault.As(err)
		if !ok || e.Field != c.path {
			t.Errorf("%s: %v", name, err)
		}
	}
	var o routing.Outcome
	if err := json.Unmarshal([]byte(`{"department": "fire", "ladder": "urgent", "priority": 9}`), &o); !fault.Is(err, "RULE_PRIORITY") {
		t.Errorf("outcome: %v", err)
	}
}
