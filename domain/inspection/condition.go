package inspection

import (
	"slices"
	"strconv"
	"strings"

	"gridwork/fault"
)

// Test is what is asked of an earlier answer. Of an item that was not asked, not answered or does not apply, every test but that
// of its outcome fails: a condition always has a value.
type Test string

const (
	Answered Test = "answered" // it was answered, and applies
	CameOut  Test = "outcome"  // it came out as Value says
	Says     Test = "is"       // its words or its choice are Value, which is among its choices where there may be several
	Equals   Test = "equal"    // its number is Number
	Below    Test = "below"
	AtMost   Test = "at_most"
	Above    Test = "above"
	AtLeast  Test = "at_least"
)

// Tests lists every test.
var Tests = []Test{Answered, CameOut, Says, Equals, Below, AtMost, Above, AtLeast}

// Condition 条件 says when an item is asked: data, never a program, so that a server and a handheld come to the same. It is one of
// all of some, any of some, the contrary of one, and a test of one earlier item.
type Condition struct {
	All    []Condition `json:"all,omitempty"`
	Any    []Condition `json:"any,omitempty"`
	Not    *Condition  `json:"not,omitempty"`
	Item   string      `json:"item,omitempty"` // code of an item that is asked before
	Test   Test        `json:"test,omitempty"`
	Value  string      `json:"value,omitempty"`  // an outcome, a choice's code, words
	Number *float64    `json:"number,omitempty"` // in the item's unit
}

const (
	maxDepth = 8  // of a condition within conditions
	maxTests = 50 // in one item's condition
)

// asked are the codes of the items that are asked, given these answers. Going in order, only what was itself asked speaks for what
// follows. This has to come to the same as asked in web/src/field/form.ts: testdata/forms.json is read by the tests of both.
func (c Checklist) asked(given []Answer) map[string]bool {
	asked, seen := make(map[string]bool, len(c.Items)), make(map[string]Answer, len(given))
	for _, item := range c.Items {
		if item.Condition != nil && !item.Condition.holds(seen) {
			continue
		}
		asked[item.Code] = true
		if n := slices.IndexFunc(given, func(a Answer) bool { return a.Item == item.Code }); n >= 0 {
			seen[item.Code] = given[n]
		}
	}
	return asked
}

func (c Condition) holds(seen map[string]Answer) bool {
	switch {
	case len(c.All) > 0:
		return !slices.ContainsFunc(c.All, func(part Condition) bool { return !part.holds(seen) })
	case len(c.Any) > 0:
		return slices.ContainsFunc(c.Any, func(part Condition) bool { return part.holds(seen) })
	case c.Not != nil:
		return !c.Not.holds(seen)
	}
	a, there := seen[c.Item]
	return there && c.passes(a)
}

func (c Condition) passes(a Answer) bool {
	if c.Test == CameOut {
		return string(a.Outcome) == c.Value
	}
	if a.Outcome == NotApplicable {
		return false
	}
	switch c.Test {
	case Answered:
		return true
	case Says:
		return a.Text == c.Value || slices.Contains(a.Choices, c.Value)
	}
	return a.Number != nil && c.Number != nil && compares(c.Test, *a.Number, *c.Number)
}

func compares(t Test, a, b float64) bool {
	switch t {
	case Equals:
		return a == b
	case Below:
		return a < b
	case AtMost:
		return a <= b
	case Above:
		return a > b
	case AtLeast:
		return a >= b
	}
	return false
}

// check refuses a condition that is malformed, too large, or about an item that is not asked before: so no two items can wait for
// one another.
func (c Condition) check(before, after []Item) error {
	tests := 0
	return c.checkWithin(before, after, maxDepth, &tests)
}

func (c Condition) checkWithin(before, after []Item, depth int, tests *int) error {
	forms := 0
	for _, has := range []bool{len(c.All) > 0, len(c.Any) > 0, c.Not != nil, c.Test != "" || c.Item != "" || c.Value != "" || c.Number != nil} {
		if has {
			forms++
		}
	}
	switch {
	case forms != 1:
		return invalid("CONDITION", "a condition is one of all, any, not, and a test of an item")
	case depth == 0:
		return invalid("CONDITION", "conditions stand within one another at most %d deep", maxDepth)
	case c.Not != nil:
		return fault.Under("not", c.Not.checkWithin(before, after, depth-1, tests))
	}
	for _, group := range []struct {
		name  string
		parts []Condition
	}{{"all", c.All}, {"any", c.Any}} {
		for i, part := range group.parts {
			if err := part.checkWithin(before, after, depth-1, tests); err != nil {
				return fault.Under(at(group.name, i), err)
			}
		}
	}
	if len(c.All)+len(c.Any) > 0 {
		return nil
	}
	if *tests++; *tests > maxTests {
		return invalid("CONDITION", "a condition has at most %d tests", maxTests)
	}
	return c.checkTest(before, after)
}

func (c Condition) checkTest(before, after []Item) error {
	is := func(i Item) bool { return i.Code == c.Item }
	n := slices.IndexFunc(before, is)
	switch {
	case n < 0 && slices.ContainsFunc(after, is):
		return invalid("CONDITION_LATER", "a condition is about items that are asked before").At("item")
	case n < 0:
		return invalid("CONDITION_UNKNOWN", "there is no such item").At("item")
	case !slices.Contains(Tests, c.Test):
		return invalid("CONDITION", "no such test").At("test")
	}
	of := before[n]
	isNumber := c.Test != Answered && c.Test != CameOut && c.Test != Says
	switch {
	case of.Kind == Note:
		return invalid("CONDITION", "a note has no answer").At("item")
	case (c.Number != nil) != isNumber || isNumber && (of.Kind != Number || !finite(*c.Number)):
		return invalid("CONDITION", "a number is compared with a finite number, nothing else is").At("number")
	case (c.Value != "") != (c.Test == CameOut || c.Test == Says):
		return invalid("CONDITION", "this test asks for a value, or for none").At("value")
	case c.Test == CameOut && !slices.Contains(Outcomes, Outcome(c.Value)):
		return invalid("CONDITION", "no such outcome").At("value")
	case c.Test == Says && of.chooses() && of.choice(c.Value) == nil:
		return invalid("CONDITION", "this is none of the item's choices").At("value")
	case c.Test == Says && !of.chooses() && (of.Kind != Text || !words(c.Value, maxWords)):
		return invalid("CONDITION", "only words and choices are compared with a value").At("value")
	}
	return nil
}

// signs of the comparisons, as XLSForm writes them.
var signs = map[Test]string{Equals: "=", Below: "<", AtMost: "<=", Above: ">", AtLeast: ">="}

// AskedIf is the item's condition in XLSForm's notation, which the import reads back; "" where it is always asked.
func (i Item) AskedIf() string {
	if i.Condition == nil {
		return ""
	}
	return i.Condition.String()
}

// String is the condition in XLSForm's notation. What that has no word for is outcome(…), which is ours.
func (c Condition) String() string {
	joined := func(parts []Condition, word string) string {
		texts := make([]string, len(parts))
		for i, part := range parts {
			if texts[i] = part.String(); len(part.All)+len(part.Any) > 0 {
				texts[i] = "(" + texts[i] + ")"
			}
		}
		return strings.Join(texts, word)
	}
	name := "${" + c.Item + "}"
	switch {
	case len(c.All) > 0:
		return joined(c.All, " and ")
	case len(c.Any) > 0:
		return joined(c.Any, " or ")
	case c.Not != nil:
		return "not(" + c.Not.String() + ")"
	case c.Test == Answered:
		return name + " != ''"
	case c.Test == CameOut:
		return "outcome(" + name + ") = " + quoted(c.Value)
	case c.Test == Says:
		return "selected(" + name + ", " + quoted(c.Value) + ")"
	case c.Number != nil:
		return name + " " + signs[c.Test] + " " + strconv.FormatFloat(*c.Number, 'f', -1, 64)
	}
	return ""
}

// quoted is a literal. XLSForm knows no way to write both kinds of quotes in one; words with both are refused by the import only.
func quoted(text string) string {
	if strings.Contains(text, "'") {
		return `"` + text + `"`
	}
	return "'" + text + "'"
}
