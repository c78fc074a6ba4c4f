package inspection

import (
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"gridwork/fault"
	"gridwork/prose"
)

// accept checks one answer and cleans it.
func (i Item) accept(a Answer, e evidence) (Answer, error) {
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
	if err := i.checkParts(a); err != nil {
		return a, err
	}
	if a.Outcome != NotApplicable {
		if err := i.checkContent(a, e); err != nil {
			return a, err
		}
	}
	return a, i.checkOutcome(a, e)
}

// checkParts: what was measured, written, chosen, signed or located is there where the item asks for it, and only there.
func (i Item) checkParts(a Answer) error {
	applies := a.Outcome != NotApplicable
	for _, part := range []struct {
		name, path   string
		there, asked bool
	}{
		{"NUMBER", "number", a.Number != nil, i.Kind == Number},
		{"TEXT", "text", a.Text != "", i.Kind == Text || i.Kind == OneOf},
		{"CHOICES", "choices", len(a.Choices) > 0, i.Kind == Several},
		{"LOCATION", "location", a.Location != nil, i.Kind == Location},
		{"SIGNATURE", "signature", a.Signature != nil, i.Kind == Signature},
	} {
		switch asked := part.asked && applies; {
		case part.there && !asked:
			return fault.Invalid(part.name+"_NOT_ASKED", "this item does not ask for it").At(part.path)
		case !part.there && asked:
			return fault.Invalid(part.name+"_MISSING", "this item asks for it").At(part.path)
		}
	}
	if len(a.Photos) > 0 && !(i.Kind == Photo && applies) {
		return fault.Invalid("PHOTOS_NOT_ASKED", "this item asks for no photo").At("photos")
	}
	return nil
}

func (i Item) checkContent(a Answer, e evidence) error {
	switch i.Kind {
	case Number:
		return i.checkMeasured(*a.Number)
	case Text:
		return i.checkWritten(a.Text)
	case OneOf, Several:
		return i.checkChosen(a)
	case Photo:
		return i.checkPhotos(a, e)
	case Location:
		return a.located(e.now)
	}
	return nil
}

// located checks a position, if the answer has one.
func (a Answer) located(now time.Time) error {
	if a.Location == nil {
		return nil
	}
	if _, err := a.Location.Canonical(); err != nil {
		return fault.Under("location", err)
	}
	if a.Location.CapturedAt.After(now.Add(clockAhead)) {
		return errFuture.At("location.capturedAt")
	}
	return nil
}

func (i Item) checkMeasured(n float64) error {
	switch {
	case i.Whole && n != math.Trunc(n):
		return fault.Invalid("NUMBER_NOT_WHOLE", "this item asks for a number without fraction").At("number")
	case i.Least != nil && n < *i.Least, i.Most != nil && n > *i.Most:
		return fault.Invalid("NUMBER_OUT_OF_RANGE", "no such number is possible here").At("number")
	}
	return nil
}

func (i Item) checkWritten(text string) error {
	length := float64(utf8.RuneCountInString(text))
	switch {
	case i.Least != nil && length < *i.Least:
		return fault.Invalid("TEXT_TOO_SHORT", "at least %.0f characters", *i.Least).At("text")
	case i.Most != nil && length > *i.Most:
		return fault.Invalid(prose.CodeTooLong, "at most %.0f characters", *i.Most).At("text")
	}
	return nil
}

func (i Item) checkChosen(a Answer) error {
	if i.Kind == OneOf {
		if i.choice(a.Text) == nil {
			return fault.Invalid("CHOICE_UNKNOWN", "this is none of the item's choices").At("text")
		}
		return nil
	}
	for n, code := range a.Choices {
		switch {
		case i.choice(code) == nil:
			return fault.Invalid("CHOICE_UNKNOWN", "this is none of the item's choices").At(at("choices", n))
		case slices.Contains(a.Choices[:n], code):
			return fault.Invalid("CHOICE_TWICE", "this was chosen above").At(at("choices", n))
		}
	}
	switch count := float64(len(a.Choices)); {
	case i.Least != nil && count < *i.Least:
		return fault.Invalid("CHOICES_TOO_FEW", "at least %.0f of the choices", *i.Least).At("choices")
	case i.Most != nil && count > *i.Most:
		return fault.Invalid("CHOICES_TOO_MANY", "at most %.0f of the choices", *i.Most).At("choices")
	}
	return nil
}

// checkPhotos: those that the answer names, or where it names none, those that no answer does: how many may show something else.
func (i Item) checkPhotos(a Answer, e evidence) error {
	if len(a.Photos) == 0 {
		if e.unnamed < i.fewest() {
			return fault.Invalid("PHOTO_MISSING", "this item asks for %d photos", i.fewest()).At("item")
		}
		return nil
	}
	switch count := len(a.Photos); {
	case count < i.fewest():
		return fault.Invalid("PHOTO_MISSING", "this item asks for %d photos", i.fewest()).At("photos")
	case i.Most != nil && float64(count) > *i.Most:
		return fault.Invalid("PHOTOS_TOO_MANY", "at most %.0f photos", *i.Most).At("photos")
	}
	return nil
}

// checkOutcome: bounds and choices decide where they can, an item without a category cannot fail, and only what failed
// can have been put right.
func (i Item) checkOutcome(a Answer, e evidence) error {
	switch {
	case a.Outcome == Fail && i.Category == "":
		return fault.Invalid("OUTCOME_NOT_POSSIBLE", "this item only records, it cannot fail").At("outcome")
	case a.Outcome == Pass && i.fails(a):
		return fault.Invalid("OUTCOME_CONTRADICTED", "by its answer, this item fails").At("outcome")
	case a.Fixed && a.Outcome != Fail:
		return fault.Invalid("NOTHING_TO_FIX", "only a failed item can have been put right").At("fixed")
	case a.Fixed && e.pictures == 0:
		return fault.Invalid("PHOTO_MISSING", "what was put right on the spot is shown by a photo").At("fixed")
	}
	return nil
}

// fails reports whether the answer alone says so.
func (i Item) fails(a Answer) bool {
	if i.chooses() {
		return slices.ContainsFunc(i.Choices, func(c Choice) bool { return c.Fails && (a.Text == c.Code || slices.Contains(a.Choices, c.Code)) })
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
