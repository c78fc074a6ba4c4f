package routing_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gridwork/domain/calendar"
	"gridwork/domain/identity"
	"gridwork/domain/routing"
)

func rule(code, department string, conditions routing.Conditions) routing.Rule {
	return routing.Rule{Code: code, NameZH: "规则", NameEN: "Rule", Conditions: conditions,
		Outcome: routing.Outcome{Department: department, Assisting: []string{}, Ladder: "standard", Priority: 2}}
}

// friday is an hour of Friday, 20 November 2026, by the city's clocks.
func friday(hour int) time.Time {
	return time.Date(2026, 11, 20, hour, 30, 0, 0, identity.City).UTC()
}

var tip = routing.Facts{Category: "0801", Urgent: true, Cell: "440304001002003", PlaceKind: "school", Source: "clue", At: friday(23)}

func TestTheFirstRuleThatFitsWinsAndTheOthersSayWhyNot(t *testing.T) {
	t.Parallel()
	set := routing.RuleSet{Version: 7, Rules: []routing.Rule{
		rule("rubbish", "urban_management", routing.Conditions{Categories: []string{"02"}}),
		rule("other-district", "fire", routing.Conditions{Categories: []string{"08"}, Regions: []string{"440305"}}),
		rule("fire", "fire", routing.Conditions{Categories: []string{"0801"}, Urgent: new(true), Regions: []string{"440304001"}}),
		rule("rest", "safety_supervision", routing.Conditions{}),
	}}

	d := routing.Decide(set, tip)

	want := []routing.Tried{{Rule: "rubbish", Failed: routing.ByCategory, Was: "0801"},
		{Rule: "other-district", Failed: routing.ByRegion, Was: tip.Cell}, {Rule: "fire"}}
	if d.RuleSet != 7 || d.Rule == nil || d.Rule.Outcome.Department != "fire" || !slices.Equal(d.Trace, want) {
		t.Fatalf("%+v", d)
	}
}

func TestNothingIsGuessedWhereNoRuleFits(t *testing.T) {
	t.Parallel()
	set := routing.RuleSet{Rules: []routing.Rule{rule("rubbish", "urban_management", routing.Conditions{Categories: []string{"02"}})}}
	if d := routing.Decide(set, tip); d.Rule != nil || len(d.Trace) != 1 {
		t.Fatalf("%+v", d)
	}
	if d := routing.Decide(routing.RuleSet{}, tip); d.Rule != nil || d.Trace == nil {
		t.Fatalf("without rules: %+v", d)
	}
}

func TestEachConditionHoldsAndFailsAsItSays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		conditions routing.Conditions
		change     func(*routing.Facts)
		failed     routing.Condition
	}{
		"night, before midnight": {routing.Conditions{Hours: &routing.Hours{From: 22, To: 6}}, nil, ""},
		"night, after midnight":  {routing.Conditions{Hours: &routing.Hours{From: 22, To: 6}}, func(f *routing.Facts) { f.At = friday(5) }, ""},
		"night is over":          {routing.Conditions{Hours: &routing.Hours{From: 22, To: 6}}, func(f *routing.Facts) { f.At = friday(6) }, routing.ByHours},
		"day":                    {routing.Conditions{Hours: &routing.Hours{From: 8, To: 24}}, nil, ""},
		"weekday by local clock": {routing.Conditions{Weekdays: []calendar.Weekday{"saturday"}}, func(f *routing.Facts) { f.At = friday(24) }, ""},
		"another weekday":        {routing.Conditions{Weekdays: []calendar.Weekday{"saturday"}}, nil, routing.ByWeekday},
		"not urgent":             {routing.Conditions{Urgent: new(false)}, nil, routing.ByUrgency},
		"kind of place unknown":  {routing.Conditions{PlaceKinds: []string{"school"}}, func(f *routing.Facts) { f.PlaceKind = "" }, routing.ByPlaceKind},
		"another source":         {routing.Conditions{Sources: []string{"inspection"}}, nil, routing.BySource},
	} {
		facts := tip
		if c.change != nil {
			c.change(&facts)
		}
		d := routing.Decide(routing.RuleSet{Rules: []routing.Rule{rule("r", "fire", c.conditions)}}, facts)
		if d.Trace[0].Failed != c.failed {
			t.Errorf("%s: %+v", name, d.Trace)
		}
	}
}

// The trace is the whole truth: it lists the rules in order up to the winner, the winner alone has nothing that failed,
// and rules behind the winner change nothing.
func TestTheTraceExplainsEveryDecision(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		set, facts := ruleSets.Draw(t, "rules"), factsOf.Draw(t, "facts")
		d := routing.Decide(set, facts)
		for i, tried := range d.Trace {
			if tried.Rule != set.Rules[i].Code {
				t.Fatalf("step %d tried %s, the set says %s", i, tried.Rule, set.Rules[i].Code)
			}
			if won := d.Rule != nil && i == len(d.Trace)-1; won != (tried.Failed == "") {
				t.Fatalf("step %d: %+v, decision %+v", i, tried, d.Rule)
			}
		}
		if d.Rule == nil {
			if len(d.Trace) != len(set.Rules) {
				t.Fatalf("gave up after %d of %d rules", len(d.Trace), len(set.Rules))
			}
			return
		}
		set.Rules = set.Rules[:len(d.Trace)]
		if again := routing.Decide(set, facts); again.Rule.Code != d.Rule.Code || !slices.Equal(again.Trace, d.Trace) {
			t.Fatal("rules behind the winner changed the decision")
		}
	})
}

var (
	codes    = rapid.SampledFrom([]string{"0801", "0802", "0101"})
	owners   = rapid.SampledFrom([]string{"fire", "urban_management", "safety_supervision"})
	ruleSets = rapid.Custom(func(t *rapid.T) routing.RuleSet {
		var set routing.RuleSet
		for i := range rapid.IntRange(0, 8).Draw(t, "count") {
			c := routing.Conditions{Categories: rapid.SliceOfN(codes, 0, 2).Draw(t, "categories")}
			if rapid.Bool().Draw(t, "timed") {
				c.Hours = &routing.Hours{From: rapid.IntRange(0, 23).Draw(t, "from"), To: rapid.IntRange(1, 24).Draw(t, "to")}
			}
			set.Rules = append(set.Rules, rule(strings.Repeat("r", i+1), owners.Draw(t, "owner"), c))
		}
		return set
	})
	factsOf = rapid.Custom(func(t *rapid.T) routing.Facts {
		f := tip
		f.Category = codes.Draw(t, "category")
		f.At = friday(rapid.IntRange(0, 23).Draw(t, "hour"))
		return f
	})
)

func TestRulesSurviveTheirJSONForm(t *testing.T) {
	t.Parallel()
	want := routing.Conditions{Categories: []string{"08", "0101"}, Urgent: new(false), Regions: []string{"4403"}, PlaceKinds: []string{"school"},
		Sources: []string{"inspection"}, Hours: &routing.Hours{From: 22, To: 6}, Weekdays: []calendar.Weekday{"sunday"}}
	body, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got routing.Conditions
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	if again, _ := json.Marshal(got); string(again) != string(body) {
		t.Fatalf("%s became %s", body, again)
	}
}
