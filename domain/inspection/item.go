package inspection

import (
	"math"
	"slices"

	"gridwork/domain/media"
)

// Item is one question, or a note between them.
type Item struct {
	Code       string   `json:"code"` // unique in the checklist
	QuestionZH string   `json:"question_zh"`
	QuestionEN string   `json:"question_en"`
	HintZH     string   `json:"hint_zh,omitempty"` // how to answer it; both or none
	HintEN     string   `json:"hint_en,omitempty"`
	Kind       ItemKind `json:"kind"`
	// Condition says when it is asked; nil: always. What is not asked must not be answered.
	Condition *Condition `json:"condition,omitempty"`
	Optional  bool       `json:"optional,omitempty"` // it may be left unanswered where it is asked
	UnitZH    string     `json:"unit_zh,omitempty"`  // of a number; both or none
	UnitEN    string     `json:"unit_en,omitempty"`
	Whole     bool       `json:"whole,omitempty"` // a number without fraction
	Min       *float64   `json:"min,omitempty"`   // a number below it fails
	Max       *float64   `json:"max,omitempty"`   // a number above it fails
	// Least and Most bound what is taken as an answer, where Min and Max say what fails: a number itself, the characters of words,
	// how many choices, how many photos.
	Least   *float64 `json:"least,omitempty"`
	Most    *float64 `json:"most,omitempty"`
	Choices []Choice `json:"choices,omitempty"`
	// Category is that of the finding which a failure makes. An item without one only records, and cannot fail.
	Category   string   `json:"category,omitempty"`
	Severity   Severity `json:"severity,omitempty"` // of such a finding; set exactly where the category is
	LegalBasis string   `json:"legal_basis,omitempty"`
	Points     *float64 `json:"points,omitempty"`   // for passing; nil: none, or those of its choices
	Weight     *float64 `json:"weight,omitempty"`   // times which its points count; nil: 1
	Critical   bool     `json:"critical,omitempty"` // failing it gives the lowest grade, whatever the points
}

// Choice is one of a choice's answers.
type Choice struct {
	Code   string   `json:"code"`
	NameZH string   `json:"name_zh"`
	NameEN string   `json:"name_en"`
	Fails  bool     `json:"fails,omitempty"`  // choosing it is a finding
	Points *float64 `json:"points,omitempty"` // for choosing it, which may be less than none
}

func (i Item) chooses() bool { return i.Kind == OneOf || i.Kind == Several }

// fewest is how many photos a photo item needs.
func (i Item) fewest() int {
	if i.Least == nil {
		return 1
	}
	return int(*i.Least)
}

// First reports whether the first handhelds know how to ask the item: one of their five kinds, always asked, nothing refused but
// what they refuse.
func (i Item) First() bool {
	return slices.Contains([]ItemKind{PassFail, Number, Text, OneOf, Photo}, i.Kind) && i.Condition == nil && !i.Whole && i.Least == nil && i.Most == nil
}

func (i Item) check() error {
	switch {
	case !isCode(i.Code):
		return invalid("CODE", "a code has 1 to 40 lower-case letters, digits, - and _").At("code")
	case !words(i.QuestionZH, maxWords):
		return invalid("QUESTION", "a question has 1 to %d characters", maxWords).At("questionZh")
	case !words(i.QuestionEN, maxWords):
		return invalid("QUESTION", "a question has 1 to %d characters", maxWords).At("questionEn")
	case i.HintZH+i.HintEN != "" && !words(i.HintZH, maxWords):
		return invalid("HINT", "a hint has 1 to %d characters in both languages", maxWords).At("hintZh")
	case i.HintZH+i.HintEN != "" && !words(i.HintEN, maxWords):
		return invalid("HINT", "a hint has 1 to %d characters in both languages", maxWords).At("hintEn")
	case !slices.Contains(ItemKinds, i.Kind):
		return invalid("KIND", "no such kind of question").At("kind")
	case (i.Category == "") != (i.Severity == ""):
		return invalid("SEVERITY", "a severity is given exactly where a category is").At("severity")
	case i.Severity != "" && !slices.Contains(Severities, i.Severity):
		return invalid("SEVERITY", "no such severity").At("severity")
	case i.Kind == Note && (i.Category != "" || i.Optional):
		return invalid("NOTE", "a note is read, not answered").At("kind")
	case i.LegalBasis != "" && !words(i.LegalBasis, maxWords):
		return invalid("LEGAL_BASIS", "a legal basis has at most %d characters", maxWords).At("legalBasis")
	}
	for _, check := range []func() error{i.checkNumber, i.checkRange, i.checkChoices, i.checkPoints} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (i Item) checkNumber() error {
	isNumber, hasUnit := i.Kind == Number, i.UnitZH+i.UnitEN != ""
	switch {
	case hasUnit && (!isNumber || !words(i.UnitZH, maxUnit)):
		return invalid("UNIT", "a unit has 1 to %d characters in both languages, and is a number's", maxUnit).At("unitZh")
	case hasUnit && !words(i.UnitEN, maxUnit):
		return invalid("UNIT", "a unit has 1 to %d characters in both languages, and is a number's", maxUnit).At("unitEn")
	case i.Whole && !isNumber:
		return invalid("KIND", "only a number is whole").At("whole")
	case i.Min != nil && (!isNumber || !finite(*i.Min)):
		return invalid("BOUND", "only a number has bounds, and they are finite").At("min")
	case i.Max != nil && (!isNumber || !finite(*i.Max)):
		return invalid("BOUND", "only a number has bounds, and they are finite").At("max")
	case i.Min != nil && i.Max != nil && *i.Min > *i.Max:
		return invalid("BOUND", "the bounds exclude every number").At("max")
	case (i.Min != nil || i.Max != nil) && i.Category == "":
		return invalid("CATEGORY", "an item that can fail needs the category of its finding").At("category")
	}
	return nil
}

// checkRange: of a number any finite ones, of what is counted whole ones that can be reached.
func (i Item) checkRange() error {
	reach := map[ItemKind]float64{Text: maxText, Several: float64(len(i.Choices)), Photo: media.MaxPerSubject}
	for _, bound := range []struct {
		name string
		at   *float64
	}{{"least", i.Least}, {"most", i.Most}} {
		if bound.at == nil || i.Kind == Number && finite(*bound.at) {
			continue
		}
		most, counted := reach[i.Kind]
		if !counted || !(*bound.at >= 1 && *bound.at <= most) || *bound.at != math.Trunc(*bound.at) {
			return invalid("RANGE", "numbers have finite bounds; words, choices and photos are counted from 1 to as many as there can be").At(bound.name)
		}
	}
	if i.Least != nil && i.Most != nil && *i.Least > *i.Most {
		return invalid("RANGE", "this excludes every answer").At("most")
	}
	return nil
}

func (i Item) checkChoices() error {
	if i.chooses() != (len(i.Choices) > 0) || len(i.Choices) == 1 || len(i.Choices) > maxChoices {
		return invalid("CHOICES", "a choice has 2 to %d answers, nothing else has any", maxChoices).At("choices")
	}
	seen := map[string]bool{}
	for n, c := range i.Choices {
		path := at("choices", n)
		switch {
		case !isCode(c.Code) || seen[c.Code]:
			return invalid("CODE", "a code has 1 to 40 lower-case letters, digits, - and _, and stands once").At("code").At(path)
		case !words(c.NameZH, maxWords):
			return invalid("NAME", "a name has 1 to %d characters", maxWords).At("nameZh").At(path)
		case !words(c.NameEN, maxWords):
			return invalid("NAME", "a name has 1 to %d characters", maxWords).At("nameEn").At(path)
		case c.Fails && i.Category == "":
			return invalid("CATEGORY", "an item that can fail needs the category of its finding").At("category")
		}
		seen[c.Code] = true
	}
	return nil
}

// First reports whether the first handhelds know how to ask all of it.
func (c Checklist) First() bool {
	return !slices.ContainsFunc(c.Items, func(i Item) bool { return !i.First() })
}
