package inspection

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"

	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/geo"
)

// What the server takes is what the rules say, told once more and in another way: for chance checklists and chance answers.
func TestTheServerTakesExactlyWhatTheRulesAllow(t *testing.T) {
	t.Parallel()
	taken, refused := 0, 0
	for seed := range uint64(60_000) {
		r := rand.New(rand.NewPCG(seed, 11))
		list := anyChecklist(r)
		if err := list.check(); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		photos := make([]media.Declared, r.IntN(4))
		for n := range photos {
			photos[n].ID = uuid.UUID{15: byte(n + 1)}
		}
		var answers []Answer
		for _, i := range list.Items {
			asked := list.asked(answers)[i.Code] && i.Kind != Note && !(i.Optional && r.IntN(2) == 0)
			if asked != (r.IntN(25) == 0) {
				answers = append(answers, anyAnswer(r, i, photos))
			}
		}
		_, err := list.answers(answers, photos, someday)
		if f, ok := fault.As(err); err != nil && (!ok || f.Code == "" || f.Field == "") {
			t.Fatalf("seed %d: %v names no code and path", seed, err)
		}
		if want := allows(list, answers, photos); want != (err == nil) {
			t.Fatalf("seed %d: the rules allow it is %t, the server says %v\n%+v\n%+v", seed, want, err, list.Items, answers)
		}
		if err == nil {
			taken++
		} else {
			refused++
		}
	}
	if taken < 5_000 || refused < 5_000 {
		t.Errorf("only %d taken and %d refused: chance is not fair", taken, refused)
	}
}

// rules is the oracle: what is asked is found backwards from each item, and an answer is taken when nothing speaks against it.
type rules struct {
	items  map[string]Item
	given  map[string]Answer
	photos []media.Declared
	named  int
}

func allows(list Checklist, answers []Answer, photos []media.Declared) bool {
	o := rules{map[string]Item{}, map[string]Answer{}, photos, 0}
	names := map[uuid.UUID]int{}
	for _, i := range list.Items {
		o.items[i.Code] = i
	}
	for _, a := range answers {
		o.given[a.Item] = a
		for _, p := range a.Photos {
			names[p]++
		}
		if a.Signature != nil {
			names[*a.Signature]++
		}
	}
	for _, times := range names {
		o.named++
		if times > 1 {
			return false
		}
	}
	for _, i := range list.Items {
		a, answered := o.given[i.Code]
		if !o.isAsked(i) || i.Kind == Note {
			if answered {
				return false
			}
			continue
		}
		if !answered && !i.Optional || answered && !o.fits(i, a) {
			return false
		}
	}
	return true
}

func (o rules) isAsked(i Item) bool { return i.Condition == nil || o.holds(*i.Condition) }

func (o rules) holds(c Condition) bool {
	for _, part := range c.All {
		if !o.holds(part) {
			return false
		}
	}
	for _, part := range c.Any {
		if o.holds(part) {
			return true
		}
	}
	if c.Not != nil {
		return !o.holds(*c.Not)
	}
	if c.Item == "" {
		return len(c.All) > 0
	}
	a, answered := o.given[c.Item]
	if !answered || !o.isAsked(o.items[c.Item]) {
		return false
	}
	applies := a.Outcome != NotApplicable
	number := math.NaN()
	if a.Number != nil && applies {
		number = *a.Number
	}
	return map[Test]func() bool{
		Answered: func() bool { return applies },
		CameOut:  func() bool { return string(a.Outcome) == c.Value },
		Says:     func() bool { return applies && slices.Contains(append([]string{a.Text}, a.Choices...), c.Value) },
		Equals:   func() bool { return number == *c.Number },
		Below:    func() bool { return number < *c.Number },
		AtMost:   func() bool { return number <= *c.Number },
		Above:    func() bool { return number > *c.Number },
		AtLeast:  func() bool { return number >= *c.Number },
	}[c.Test]()
}

func within(n float64, least, most *float64) bool {
	return (least == nil || n >= *least) && (most == nil || n <= *most)
}

func (o rules) fits(i Item, a Answer) bool {
	kinds := map[ItemKind]bool{}
	for kind, there := range map[ItemKind]bool{Number: a.Number != nil, Several: len(a.Choices) > 0, Location: a.Location != nil,
		Signature: a.Signature != nil, Photo: len(a.Photos) > 0} {
		if there {
			kinds[kind] = true
		}
	}
	if a.Text != "" {
		kinds[Text] = true
	}
	wanted := i.Kind
	if wanted == OneOf {
		wanted = Text
	}
	delete(kinds, wanted)
	if len(kinds) > 0 {
		return false // something that was not asked
	}
	signatures := 0
	for _, other := range o.given {
		if other.Signature != nil {
			signatures++
		}
	}
	if a.Fixed && (a.Outcome != Fail || len(o.photos) == signatures) || a.Outcome == Fail && i.Category == "" {
		return false
	}
	there := a.Number != nil || a.Text != "" || len(a.Choices) > 0 || a.Location != nil || a.Signature != nil || len(a.Photos) > 0
	if a.Outcome == NotApplicable {
		return !there
	}
	return o.fitsKind(i, a, there)
}

func (o rules) fitsKind(i Item, a Answer, there bool) bool {
	known, bad := map[string]bool{}, map[string]bool{}
	for _, c := range i.Choices {
		known[c.Code], bad[c.Code] = true, c.Fails
	}
	switch i.Kind {
	case PassFail:
		return true
	case Number:
		return there && within(*a.Number, i.Least, i.Most) && !(i.Whole && *a.Number != math.Round(*a.Number)) && (a.Outcome == Fail || within(*a.Number, i.Min, i.Max))
	case Text:
		return there && within(float64(len([]rune(a.Text))), i.Least, i.Most)
	case OneOf:
		return known[a.Text] && (a.Outcome == Fail || !bad[a.Text])
	case Several:
		for _, c := range a.Choices {
			if !known[c] || bad[c] && a.Outcome == Pass {
				return false
			}
		}
		return there && within(float64(len(a.Choices)), i.Least, i.Most)
	case Photo:
		if len(a.Photos) == 0 {
			return within(float64(len(o.photos)-o.named), orOne(i.Least), nil)
		}
		return within(float64(len(a.Photos)), orOne(i.Least), i.Most)
	case Location:
		return there && (a.Location.Datum == geo.WGS84 || a.Location.Datum == geo.GCJ02) && a.Location.Accuracy >= 0
	}
	return there // a signature
}

func orOne(n *float64) *float64 {
	if n == nil {
		return new(1.0)
	}
	return n
}
