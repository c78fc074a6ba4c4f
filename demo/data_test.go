package demo

import (
	"slices"
	"strings"
	"testing"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/domain/inspection"
	"gridwork/domain/routing"
	"gridwork/domain/standard"
	"gridwork/test/dbtest"
)

var departments = []string{"fire", "urban_management", "safety_supervision"}

func TestPoliciesArePublishedAsTheyStand(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	tx.Actor = actor.System("the demo city's test")

	if err := Policies(ctx, tx); err != nil {
		t.Fatal(err)
	}

	set, err := routing.Current(ctx, tx)
	if err != nil || len(set.Rules) != len(Rules().Rules) {
		t.Errorf("%d rules in force: %v", len(set.Rules), err)
	}
	fire, err := standard.ForCategory(ctx, tx, "2101")
	if err != nil || len(fire) != 3 || fire[0].LegalBasis != "《中华人民共和国消防法》第二十八条；《建筑防火通用规范（GB 55037—2022）》" {
		t.Errorf("standards of 2101: %+v, %v", fire, err)
	}
}

func TestStandardsCoverThreeDepartmentsInAllFourUnits(t *testing.T) {
	t.Parallel()
	s := Standards()
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	categories, units := map[string]bool{}, map[calendar.Unit]int{}
	for _, c := range s.Categories {
		if categories[c.Code] {
			t.Errorf("category %s is given twice", c.Code)
		}
		categories[c.Code] = true
	}
	leads, filed := map[string]int{}, map[string]bool{}
	for _, f := range s.Filings {
		units[f.LimitUnit]++
		leads[f.Department]++
		filed[f.Category] = true
		if f.Urgent != (f.LimitUnit == calendar.UrgentHour) {
			t.Errorf("%s %s: urgent %t with a limit in %s", f.Category, f.ConditionEN, f.Urgent, f.LimitUnit)
		}
	}
	if len(categories) < 64 || len(filed) != len(categories) {
		t.Errorf("%d categories, %d of them with standards", len(categories), len(filed))
	}
	if len(units) != 4 {
		t.Errorf("units in use: %v", units)
	}
	for _, d := range departments {
		if leads[d] < 20 {
			t.Errorf("%s leads on %d conditions only", d, leads[d])
		}
	}
}

func TestEveryLawIsCitedAndNamedOnce(t *testing.T) {
	t.Parallel()
	cited, names := map[string]bool{}, map[string]bool{}
	for _, c := range standardData().Categories {
		for _, r := range c.Rows {
			for _, b := range r.Basis {
				cited[b.Law] = true
			}
		}
	}
	for _, l := range standardData().Laws {
		if !cited[l.Code] || names[l.NameZH] || l.NameEN == "" {
			t.Errorf("law %s: cited %t, named twice %t, English %q", l.Code, cited[l.Code], names[l.NameZH], l.NameEN)
		}
		names[l.NameZH] = true
	}
}

func TestArticlesAreNumberedAsStatutesDo(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{7: "七", 10: "十", 16: "十六", 20: "二十", 28: "二十八", 100: "一百", 105: "一百零五",
		110: "一百一十", 1253: "一千二百五十三", 1003: "一千零三"} {
		if got := chineseNumber(n); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
}

// unruled are left to the dispatcher on purpose.
var unruled = []string{"1507"}

func TestWithoutSpecialFactsTheStandardsDepartmentLeads(t *testing.T) {
	t.Parallel()
	set := Rules()
	for _, f := range Standards().Filings {
		d := routing.Decide(set, routing.Facts{Category: f.Category, Urgent: f.Urgent, Cell: "440303001001001", Source: "clue", At: noon})
		switch {
		case slices.Contains(unruled, f.Category):
			if d.Rule != nil {
				t.Errorf("%s has rule %s", f.Category, d.Rule.Code)
			}
		case d.Rule == nil:
			t.Errorf("no rule fits %s %s", f.Category, f.ConditionEN)
		case d.Rule.Outcome.Department != f.Department:
			t.Errorf("%s %s goes to %s by rule %s, but %s leads", f.Category, f.ConditionEN, d.Rule.Outcome.Department, d.Rule.Code, f.Department)
		case f.Urgent && d.Rule.Outcome.Ladder != "urgent":
			t.Errorf("%s %s is urgent, its ladder %s", f.Category, f.ConditionEN, d.Rule.Outcome.Ladder)
		}
	}
}

func TestNoRuleIsHiddenByTheOnesBeforeIt(t *testing.T) {
	t.Parallel()
	set := Rules()
	if err := set.Check(); err != nil {
		t.Fatal(err)
	}
	for i := range set.Rules {
		if !slices.ContainsFunc(Standards().Filings, func(f standard.Filing) bool {
			d := routing.Decide(set, meant(set.Rules[i], f))
			return d.Rule == &set.Rules[i]
		}) {
			t.Errorf("rule %s never wins", set.Rules[i].Code)
		}
	}
}

func TestRulesNameDivisionsDepartmentsAndLadders(t *testing.T) {
	t.Parallel()
	for _, r := range Rules().Rules {
		if !slices.Contains(departments, r.Outcome.Department) {
			t.Errorf("%s: no department %q", r.Code, r.Outcome.Department)
		}
		if !slices.ContainsFunc(Ladders(), func(l escalation.Ladder) bool { return l.Code == r.Outcome.Ladder }) {
			t.Errorf("%s: no ladder %q", r.Code, r.Outcome.Ladder)
		}
		for _, code := range r.Conditions.Regions {
			if !slices.ContainsFunc(allDivisions(), func(d division) bool { return d.code == code }) {
				t.Errorf("%s: no division %q", r.Code, code)
			}
		}
		for _, prefix := range r.Conditions.Categories {
			if !slices.ContainsFunc(Standards().Categories, func(c standard.Category) bool { return strings.HasPrefix(c.Code, prefix) }) {
				t.Errorf("%s: no category begins with %q", r.Code, prefix)
			}
		}
	}
}

func TestEveryLadderPressesEveryClockAndTellsSomebody(t *testing.T) {
	t.Parallel()
	for _, l := range Ladders() {
		l.Version = 1
		if err := l.Check(); err != nil {
			t.Errorf("%s: %v", l.Code, err)
		}
		for _, stage := range escalation.Stages {
			if stage == escalation.Alarm {
				continue // calls for help have a ladder of their own
			}
			if !slices.ContainsFunc(l.Steps, func(s escalation.Step) bool { return s.Clock == stage && s.Trigger.Timed() }) {
				t.Errorf("%s does nothing about the clock %s", l.Code, stage)
			}
		}
	}
}

func TestTipsReadLikeVolunteersAndBelongToCategories(t *testing.T) {
	t.Parallel()
	seen, vague, repeated := map[string]bool{}, 0, 0
	for _, tip := range Tips() {
		if !slices.ContainsFunc(Standards().Categories, func(c standard.Category) bool { return c.Code == tip.Category }) {
			t.Errorf("no category %s", tip.Category)
		}
		for _, text := range tip.Tellings {
			if seen[text] || strings.TrimSpace(text) != text || len([]rune(text)) < 3 || len([]rune(text)) > 100 {
				t.Errorf("tip %q: told before %t, or untidy", text, seen[text])
			}
			seen[text] = true
		}
		if tip.Vague {
			vague++
		}
		if len(tip.Tellings) > 1 {
			repeated++
		}
	}
	if len(seen) < 120 || vague < 5 || repeated < 30 {
		t.Errorf("%d texts, %d vague, %d told by several", len(seen), vague, repeated)
	}
}

func TestNamesOfPeopleAreManyAndMarked(t *testing.T) {
	t.Parallel()
	n := Names()
	for _, list := range [][]string{n.Surnames, n.Marks, n.Given} {
		if slices.ContainsFunc(list, func(s string) bool { return len([]rune(s)) != 1 }) || len(list) != len(slices.Compact(slices.Sorted(slices.Values(list)))) {
			t.Errorf("not single characters, each once: %v", list)
		}
	}
	if count := len(n.Surnames) * len(n.Marks) * len(n.Given); count < 5_000 {
		t.Errorf("%d names for 2 000 people", count)
	}
}

func TestChecklistsAskWhatCanBeAnsweredAndFiled(t *testing.T) {
	t.Parallel()
	lists := Checklists()
	if len(lists) < 4 {
		t.Errorf("%d checklists", len(lists))
	}
	for _, l := range lists {
		codes := map[string]bool{}
		for _, i := range l.Items {
			if codes[i.Code] {
				t.Errorf("%s: item %s twice", l.Code, i.Code)
			}
			codes[i.Code] = true
			if wrong := faultOf(i); wrong != "" {
				t.Errorf("%s, item %s: %s", l.Code, i.Code, wrong)
			}
		}
	}
}

func faultOf(i Item) string {
	canFail := i.Kind == "pass_fail" || i.Min != nil || i.Max != nil || slices.ContainsFunc(i.Choices, func(c Choice) bool { return c.Fails })
	known := slices.ContainsFunc(Standards().Categories, func(c standard.Category) bool { return c.Code == i.Category })
	switch {
	case !slices.Contains(inspection.ItemKinds, inspection.ItemKind(i.Kind)):
		return "no such kind"
	case i.QuestionZH == "" || i.QuestionEN == "":
		return "not asked in both languages"
	case (i.Kind == "number") != (i.UnitZH != "" && i.UnitEN != ""):
		return "a number, and no other, has a unit"
	case (i.Kind == "choice" || i.Kind == "choices") != (len(i.Choices) >= 2):
		return "a choice, and no other, has choices"
	case canFail != known:
		return "a failure makes a finding of a category"
	case canFail != slices.Contains([]string{"general", "major"}, i.Severity):
		return "a failure is general or major"
	case canFail && Citation(i.Basis) == "":
		return "a failure has a legal basis"
	}
	return ""
}
