package xlsform

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"gridwork/domain/inspection"
)

// known are the items that were asked before, and the names of those that come later.
type known struct {
	before []inspection.Item
	later  []string
}

func (k known) item(name string) (inspection.Item, error) {
	code := codeOf(name)
	for _, i := range k.before {
		if i.Code == code {
			return i, nil
		}
	}
	if slices.Contains(k.later, code) {
		return inspection.Item{}, fmt.Errorf("${%s} is asked later, or has no answer: only what was answered before decides", name)
	}
	return inspection.Item{}, fmt.Errorf("there is no ${%s}", name)
}

// condition is what a relevant cell says.
func (k known) condition(e expression) (inspection.Condition, error) {
	switch {
	case e.op == "and" || e.op == "or":
		parts := make([]inspection.Condition, len(e.args))
		for i, arg := range e.args {
			var err error
			if parts[i], err = k.condition(arg); err != nil {
				return inspection.Condition{}, err
			}
		}
		if e.op == "and" {
			return inspection.Condition{All: parts}, nil
		}
		return inspection.Condition{Any: parts}, nil
	case e.op == "call" && e.name == "not" && len(e.args) == 1:
		part, err := k.condition(e.args[0])
		return inspection.Condition{Not: &part}, err
	case e.op == "call" && e.name == "selected" && len(e.args) == 2 && e.args[0].op == "ref":
		item, err := k.item(e.args[0].name)
		if err != nil {
			return inspection.Condition{}, err
		}
		return chosen(item, e.args[1])
	case isComparison(e.op):
		return k.comparison(e)
	case e.op == "call":
		return inspection.Condition{}, fmt.Errorf("%s() is not supported here", e.name)
	}
	return inspection.Condition{}, errors.New("this is neither true nor false: compare it with something")
}

// flipped are the comparisons as they read from the other side.
var flipped = map[string]string{"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

func isComparison(op string) bool { return flipped[op] != "" }

func isLiteral(e expression) bool { return e.op == "text" || e.op == "number" }

// sides puts what is compared on the left, and the value on the right.
func (e expression) sides() (left expression, op string, right expression, err error) {
	left, op, right = e.args[0], e.op, e.args[1]
	if isLiteral(left) {
		left, op, right = right, flipped[op], left
	}
	if isLiteral(left) || !isLiteral(right) {
		err = errors.New("only an answer and a fixed value are compared")
	}
	return left, op, right, err
}

var tests = map[string]inspection.Test{"=": inspection.Equals, "!=": inspection.Equals, "<": inspection.Below, "<=": inspection.AtMost,
	">": inspection.Above, ">=": inspection.AtLeast}

func (k known) comparison(e expression) (inspection.Condition, error) {
	left, op, right, err := e.sides()
	if err != nil {
		return inspection.Condition{}, err
	}
	if left.op == "call" && left.name == "outcome" && len(left.args) == 1 && left.args[0].op == "ref" && right.op == "text" && (op == "=" || op == "!=") {
		item, err := k.item(left.args[0].name)
		return negated(op, inspection.Condition{Item: item.Code, Test: inspection.CameOut, Value: right.text}), err
	}
	if left.op != "ref" {
		return inspection.Condition{}, errors.New("only an answer and a fixed value are compared")
	}
	item, err := k.item(left.name)
	if err != nil {
		return inspection.Condition{}, err
	}
	if right.op == "text" && right.text == "" && (op == "=" || op == "!=") {
		is := inspection.Condition{Item: item.Code, Test: inspection.Answered}
		if op == "=" {
			return inspection.Condition{Not: &is}, nil
		}
		return is, nil
	}
	if item.Kind == inspection.Number {
		return numbers(item, op, right)
	}
	if op != "=" && op != "!=" {
		return inspection.Condition{}, fmt.Errorf("${%s} is no number, so nothing is more or less", left.name)
	}
	if item.Kind == inspection.Several {
		return inspection.Condition{}, fmt.Errorf("several may be chosen of ${%s}: write selected(${%s}, …)", left.name, left.name)
	}
	is, err := chosen(item, right)
	return negated(op, is), err
}

func numbers(item inspection.Item, op string, right expression) (inspection.Condition, error) {
	n := right.number
	if right.op == "text" {
		var err error
		if n, err = strconv.ParseFloat(right.text, 64); err != nil {
			return inspection.Condition{}, fmt.Errorf("%q is no number", right.text)
		}
	}
	return negated(op, inspection.Condition{Item: item.Code, Test: tests[op], Number: &n}), nil
}

func negated(op string, c inspection.Condition) inspection.Condition {
	if op == "!=" {
		return inspection.Condition{Not: &c}
	}
	return c
}

// chosen is the test for a choice, for words, or for how an item came out.
func chosen(item inspection.Item, value expression) (inspection.Condition, error) {
	if !isLiteral(value) {
		return inspection.Condition{}, errors.New("only an answer and a fixed value are compared")
	}
	text := value.text
	switch item.Kind {
	case inspection.OneOf, inspection.Several:
		text = codeOf(text)
		if !slices.ContainsFunc(item.Choices, func(c inspection.Choice) bool { return c.Code == text }) {
			return inspection.Condition{}, fmt.Errorf("%q is none of the choices of ${%s}", value.text, item.Code)
		}
		return inspection.Condition{Item: item.Code, Test: inspection.Says, Value: text}, nil
	case inspection.Text:
		return inspection.Condition{Item: item.Code, Test: inspection.Says, Value: text}, nil
	case inspection.PassFail:
		if !slices.Contains(inspection.Outcomes, inspection.Outcome(codeOf(text))) {
			return inspection.Condition{}, fmt.Errorf("%q is none of pass, fail and not_applicable", text)
		}
		return inspection.Condition{Item: item.Code, Test: inspection.CameOut, Value: codeOf(text)}, nil
	}
	return inspection.Condition{}, fmt.Errorf("${%s} has no value to compare: only whether it was answered can be asked, as ${%s} != ''", item.Code, item.Code)
}

// bound sets what a constraint cell says of the item: bounds of a number, of how long words are, or of how many are chosen.
func bound(i *inspection.Item, e expression) error {
	if e.op == "and" {
		for _, arg := range e.args {
			if err := bound(i, arg); err != nil {
				return err
			}
		}
		return nil
	}
	if !isComparison(e.op) {
		return errors.New("a constraint is supported as bounds only, such as . >= 0 and . <= 10")
	}
	left, op, right, err := e.sides()
	switch {
	case err != nil:
		return err
	case right.op != "number":
		return errors.New("bounds are numbers")
	case left.op == "self" && i.Kind == inspection.Number, isSize(left, "string-length") && i.Kind == inspection.Text,
		isSize(left, "count-selected") && i.Kind == inspection.Several:
	default:
		return errors.New("of a number itself is bounded, of words string-length(.), of several choices count-selected(.)")
	}
	return narrow(i, op, right.number)
}

func isSize(e expression, name string) bool {
	return e.op == "call" && e.name == name && len(e.args) == 1 && e.args[0].op == "self"
}

// narrow sets a bound. Of what is counted, more than 2 is at least 3; of other numbers it cannot be said so.
func narrow(i *inspection.Item, op string, n float64) error {
	counted := i.Whole || i.Kind != inspection.Number
	switch {
	case op == ">" && counted:
		op, n = ">=", math.Floor(n)+1
	case op == "<" && counted:
		op, n = "<=", math.Ceil(n)-1
	}
	least, most := op == ">=" || op == "=", op == "<=" || op == "="
	if !least && !most {
		return fmt.Errorf("the comparison %s is not supported in a constraint of numbers with fractions: write >= or <=", op)
	}
	if least && (i.Least == nil || *i.Least < n) {
		i.Least = &n
	}
	if most && (i.Most == nil || *i.Most > n) {
		i.Most = &n
	}
	if i.Kind != inspection.Number && i.Least != nil && *i.Least < 1 { // what is answered has at least one
		i.Least = nil
	}
	return nil
}
