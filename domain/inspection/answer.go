package inspection

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/geo"
)

const (
	maxText = 2000 // characters of an answer in words
	maxNote = 500  // characters of a note
)

// Answer is what was seen of one item.
type Answer struct {
	Item      string        `json:"item"` // its code
	Outcome   Outcome       `json:"outcome"`
	Number    *float64      `json:"number,omitempty"`    // of a number, in the item's unit
	Text      string        `json:"text,omitempty"`      // the words, or the choice's code
	Choices   []string      `json:"choices,omitempty"`   // codes of several choices, each once
	Location  *geo.Position `json:"location,omitempty"`  // as it was read
	Photos    []uuid.UUID   `json:"photos,omitempty"`    // of the inspection's, that show this item; none named: those that no answer names
	Signature *uuid.UUID    `json:"signature,omitempty"` // of the inspection's photos, the one that is the signature
	Note      string        `json:"note,omitempty"`      // what is wrong, for a failed item
	Fixed     bool          `json:"fixed,omitempty"`     // put right on the spot 即办; a photo shows it
}

// evidence is what an inspection's answers may point to.
type evidence struct {
	now      time.Time
	photos   []uuid.UUID       // of the inspection
	of       map[uuid.UUID]int // the answer that names a photo
	unnamed  int               // photos that no answer names
	pictures int               // photos but for signatures
}

// evidenceOf refuses answers that name a photo which the inspection does not have, or one that shows something else already.
func evidenceOf(answers []Answer, photos []media.Declared, now time.Time) (evidence, error) {
	e := evidence{now: now, of: map[uuid.UUID]int{}, unnamed: len(photos), pictures: len(photos)}
	for _, p := range photos {
		e.photos = append(e.photos, p.ID)
	}
	for i, a := range answers {
		for n, id := range a.Photos {
			if err := e.name(id, i); err != nil {
				return e, fault.Under(at("answers", i), fault.Under(at("photos", n), err))
			}
		}
		if a.Signature != nil {
			if err := e.name(*a.Signature, i); err != nil {
				return e, fault.Under(at("answers", i), fault.Under("signature", err))
			}
			e.pictures--
		}
	}
	return e, nil
}

func (e *evidence) name(photo uuid.UUID, answer int) error {
	if !slices.Contains(e.photos, photo) {
		return fault.Invalid("PHOTO_UNKNOWN", "this is none of the inspection's photos")
	}
	if _, named := e.of[photo]; named {
		return fault.Invalid("PHOTO_NAMED_TWICE", "this photo shows something else already")
	}
	e.of[photo] = answer
	e.unnamed--
	return nil
}

// answers checks an inspection's answers against the checklist's version and cleans them: each item that is asked is answered once,
// but for those that may be left out, and what is not asked is not answered. Faults name the path, such as "answers[2].number".
func (c Checklist) answers(given []Answer, photos []media.Declared, now time.Time) ([]Answer, error) {
	if len(given) > len(c.Items) {
		return nil, fault.Invalid("ANSWERS_TOO_MANY", "the checklist asks %d questions", len(c.Items)).At("answers")
	}
	e, err := evidenceOf(given, photos, now)
	if err != nil {
		return nil, err
	}
	asked := c.asked(given)
	checked := make([]Answer, len(given))
	for i, a := range given {
		n := slices.IndexFunc(c.Items, func(item Item) bool { return item.Code == a.Item })
		switch {
		case n < 0:
			err = fault.Invalid("ITEM_UNKNOWN", "the checklist has no such item").At("item")
		case slices.ContainsFunc(given[:i], func(before Answer) bool { return before.Item == a.Item }):
			err = fault.Invalid("ITEM_ANSWERED_TWICE", "this item was answered above").At("item")
		case !asked[a.Item] || c.Items[n].Kind == Note:
			err = fault.Invalid("ITEM_NOT_ASKED", "by the other answers, this item is not asked").At("item")
		default:
			checked[i], err = c.Items[n].accept(a, e)
		}
		if err != nil {
			return nil, fault.Under(at("answers", i), err)
		}
	}
	for _, item := range c.Items {
		needed := asked[item.Code] && !item.Optional && item.Kind != Note
		if needed && !slices.ContainsFunc(given, func(a Answer) bool { return a.Item == item.Code }) {
			return nil, fault.Invalid("ITEM_UNANSWERED", "item %s was not answered", item.Code).At("answers")
		}
	}
	return checked, nil
}
