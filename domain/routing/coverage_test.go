package routing

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gridwork/domain/calendar"
	"gridwork/domain/identity"
)

var town = city{
	streets: []string{"440303001", "440303002", "440304001"}, categories: []string{"0101", "0102", "0201", "0801"},
	departments: []string{"fire", "urban_management"}, ladders: []string{"standard"},
	desks:     []desk{{"fire", "4403"}, {"urban_management", "440303"}},
	standards: []position{{"0101", 1}, {"0101", 2}, {"0801", 1}},
}

func aRule(code, department string, c Conditions) Rule {
	return Rule{Code: code, NameZH: code, NameEN: code, Conditions: c, Outcome: Outcome{Department: department, Ladder: "standard", Priority: 2}}
}

// codes are the findings, as "CODE rule category region".
func codes(found []Finding) (said []string) {
	for _, f := range found {
		said = append(said, fmt.Sprintf("%s %s %s %s", f.Code, f.Rule, f.Category, f.Region))
	}
	return said
}

func TestAnExaminationFindsEverythingAtOnce(t *testing.T) {
	t.Parallel()
	urgent := true
	found := town.examine([]Rule{
		aRule("fire", "fire", Conditions{Categories: []string{"08"}}),
		aRule("shadowed", "fire", Conditions{Categories: []string{"0801"}, Urgent: &urgent}),
		aRule("nobody", "police", Conditions{Categories: []string{"01"}, Regions: []string{"440303"}}),
		aRule("elsewhere", "urban_management", Conditions{Categories: []string{"01"}, Regions: []string{"440304", "5101"}}),
		{Code: "ladderless", Conditions: Conditions{Categories: []string{"0102"}}, Outcome: Outcome{Department: "fire", Ladder: "gentle", Standard: 3}},
	})
	want := []string{
		"DEPARTMENT_UNKNOWN nobody  ", "REGION_UNKNOWN elsewhere  ", "DESK_MISSING elsewhere  440304001",
		"LADDER_UNKNOWN ladderless  ", "STANDARD_UNKNOWN ladderless  ",
		"RULE_UNREACHABLE shadowed  ", "RULE_UNREACHABLE ladderless  ", "NO_RULE  0201 ",
	}
	if got := codes(found); !slices.Equal(got, want) {
		t.Errorf("found\n%q\nwant\n%q", got, want)
	}
	for _, f := range found {
		if f.Code == "RULE_UNREACHABLE" && f.Rule == "shadowed" && f.Path != "rules[1]" {
			t.Errorf("at %s", f.Path)
		}
	}
}

func TestARuleThatOthersShadowOnlyTogetherIsUnreachable(t *testing.T) {
	t.Parallel()
	found := town.examine([]Rule{
		aRule("day", "fire", Conditions{Hours: &Hours{From: 6, To: 22}}),
		aRule("night", "fire", Conditions{Hours: &Hours{From: 20, To: 8}}),
		aRule("never", "fire", Conditions{Categories: []string{"0801"}}),
	})
	if got := codes(found); !slices.Equal(got, []string{"RULE_UNREACHABLE never  "}) {
		t.Errorf("%q", got)
	}
}

// Whatever the rules, what the examination says about reach is what deciding every possible case says.
func TestReachIsWhatDecidingEveryCaseSays(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 1))
		rules := randomRules(random)
		reached, uncovered := bruteForce(rules)
		for _, f := range town.coverage(rules) {
			switch f.Code {
			case "RULE_UNREACHABLE":
				if reached[f.Rule] {
					t.Fatalf("seed %d: %s decides a case and is said to be unreachable", seed, f.Rule)
				}
				reached[f.Rule] = true // said
			case "NO_RULE":
				for place := range uncovered {
					if place.category == f.Category && (f.Region == "" || place.street == f.Region) {
						delete(uncovered, place)
					}
				}
			}
		}
		for _, r := range rules {
			if !reached[r.Code] {
				t.Fatalf("seed %d: nobody says that %s decides nothing", seed, r.Code)
			}
		}
		if len(uncovered) > 0 {
			t.Fatalf("seed %d: nobody says that no rule fits %v", seed, uncovered)
		}
	}
}

type spot struct{ category, street string }

func bruteForce(rules []Rule) (reached map[string]bool, uncovered map[spot]bool) {
	reached, uncovered = map[string]bool{}, map[spot]bool{}
	for _, category := range town.categories {
		for _, street := range town.streets {
			for _, cell := range []string{street + "001001", street + "002001"} {
				for n := range 2 * 2 * 24 * 7 {
					at := time.Date(2026, time.March, 1+n%7, n/7%24, 30, 0, 0, identity.City)
					f := Facts{Category: category, Cell: cell, Urgent: n/168%2 == 0, Source: []string{"clue", "inspection"}[n/336], At: at}
					if d := Decide(RuleSet{Rules: rules}, f); d.Rule != nil {
						reached[d.Rule.Code] = true
					} else {
						uncovered[spot{category, street}] = true
					}
				}
			}
		}
	}
	return reached, uncovered
}

func randomRules(r *rand.Rand) (rules []Rule) {
	some := func(of ...string) (chosen []string) {
		if r.IntN(2) == 0 {
			return nil
		}
		return []string{of[r.IntN(len(of))], of[r.IntN(len(of))]}
	}
	for i := range 1 + r.IntN(6) {
		c := Conditions{Categories: some("01", "0102", "02", "08", "0801"), Regions: some("4403", "440303", "440303001", "440303001001", "440304001002001"),
			Sources: some("clue", "inspection"), Weekdays: nil}
		if r.IntN(3) == 0 {
			c.Hours = &Hours{From: r.IntN(24), To: 1 + r.IntN(24)}
		}
		if r.IntN(3) == 0 {
			c.Weekdays = []calendar.Weekday{weekdays[r.IntN(7)]}
		}
		if r.IntN(3) == 0 {
			c.Urgent = new(r.IntN(2) == 0)
		}
		rules = append(rules, aRule(fmt.Sprintf("r%d", i), "fire", c))
	}
	return rules
}
