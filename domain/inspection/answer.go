package inspection

import (
	"slices"

	"gridwork/fault"
	"gridwork/prose"
)

const (
	maxText = 2000 // characters of an answer in words
	maxNote = 500  // characters of a note
)

// Answer is what was seen of one item.
type Answer struct {
	Item    string   `json:"item"` // its code
	Outcome Outcome  `json:"outcome"`
	Number  *float64 `json:"number,omitempty"` // of a number, in the item's unit
	Text    string   `json:"text,omitempty"`   // the words, or the choice's code
	Note    string   `json:"note,omitempty"`   // what is wrong, for a failed item
	Fixed   bool     `json:"fixed,omitempty"`  // put right on the spot 即办; a photo shows it
}

// answers checks an inspection's answers against the checklist's version and cleans them: each item is answered once.
// photos is how many the inspection has. Faults name the path, such as "answers[2].number".
func (c Checklist) answers(given []Answer, photos int) ([]Answer, error) {
	if len(given) > len(c.Items) {
		return nil, fault.Invalid("ANSWERS_TOO_MANY", "the checklist asks %d questions", len(c.Items)).At("answers")
	}
	checked := make([]Answer, len(given))
	for i, a := range given {
		n := slices.IndexFunc(c.Items, func(item Item) bool { return item.Code == a.Item })
		var err error
		switch {
		case n < 0:
			err = fault.Invalid("ITEM_UNKNOWN", "the checklist has no such item").At("item")
		case slices.ContainsFunc(given[:i], func(before Answer) bool { return before.Item == a.Item }):
			err = fault.Invalid("ITEM_ANSWERED_TWICE", "this item was answered above").At("item")
		default:
			checked[i], err = c.Items[n].accept(a, photos)
		}
		if err != nil {
			return nil, fault.Under(at("answers", i), err)
		}
	}
	for _, item := range c.Items {
		if !slices.ContainsFunc(given, func(a Answer) bool { return a.Item == item.Code }) {
			return nil, fault.Invalid("ITEM_UNANSWERED", "item %s was not answered", item.Code).At("answers")
		}
	}
	return checked, nil
}

func (i Item) accept(a Answer, photos int) (Answer, error) {
	var err error
	if a.Text, err = prose.Clean("text", a.Text, maxText); err != nil {
		return a, err
	}
	if a.Note, err = prose.Clean("note", a.Note, maxNote); err != nil {
		return a, err
	}
	if !slices.Contains(Outcomes, a.Outcome) {
		return a, fault.Invalid("OUTCOME_UNKNOWN", "no such outcome").At("outcome")
	}
	if err := i.checkContent(a, photos); err != nil {
		return a, err
	}
	return a, i.checkOutcome(a, photos)
}

// checkContent: what was measured, written, chosen or photographed is there where the item asks for it, and only there.
func (i Item) checkContent(a Answer, photos int) error {
	applies := a.Outcome != NotApplicable
	hasText := i.Kind == Text || i.Kind == OneOf
	switch {
	case a.Number != nil && !(i.Kind == Number && applies):
		return fault.Invalid("NUMBER_NOT_ASKED", "this item asks for no number").At("number")
	case a.Number == nil && i.Kind == Number && applies:
		return fault.Invalid("NUMBER_MISSING", "this item asks for a number").At("number")
	case a.Text != "" && !(hasText && applies):
		return fault.Invalid("TEXT_NOT_ASKED", "this item asks for no words").At("text")
	case a.Text == "" && hasText && applies:
		return fault.Invalid("TEXT_MISSING", "this item asks for words, or a choice").At("text")
	case i.Kind == OneOf && applies && i.choice(a.Text) == nil:
		return fault.Invalid("CHOICE_UNKNOWN", "this is none of the item's choices").At("text")
	case i.Kind == Photo && applies && photos == 0:
		return fault.Invalid("PHOTO_MISSING", "this item asks for a photo").At("item")
	}
	return nil
}

// checkOutcome: bounds and choices decide where they can, an item without a category cannot fail, and only what failed
// can have been put right.
func (i Item) checkOutcome(a Answer, photos int) error {
	switch {
	case a.Outcome == Fail && i.Category == "":
		return fault.Invalid("OUTCOME_NOT_POSSIBLE", "this item only records, it cannot fail").At("outcome")
	case a.Outcome == Pass && i.fails(a):
		return fault.Invalid("OUTCOME_CONTRADICTED", "by its answer, this item fails").At("outcome")
	case a.Fixed && a.Outcome != Fail:
		return fault.Invalid("NOTHING_TO_FIX", "only a failed item can have been put right").At("fixed")
	case a.Fixed && photos == 0:
		return fault.Invalid("PHOTO_MISSING", "what was put right on the spot is shown by a photo").At("fixed")
	}
	return nil
}

// fails reports whether the answer alone says so.
func (i Item) fails(a Answer) bool {
	if i.Kind == OneOf {
		chosen := i.choice(a.Text)
		return chosen != nil && chosen.Fails
	}
	return a.Number != nil && (i.Min != nil && *a.Number < *i.Min || i.Max != nil && *a.Number > *i.Max)
}

func (i Item) choice(code string) *Choice {
	n := slices.IndexFunc(i.Choices, func(c Choice) bool { return c.Code == code })
	if n < 0 {
		return nil
	}
	return &i.Choices[n]
}
