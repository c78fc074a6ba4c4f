package inspection

import (
	"fmt"
	"math/rand/v2"
	"time"

	"gridwork/domain/media"
	"gridwork/geo"
)

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func half(r *rand.Rand, n float64) *float64 {
	if r.IntN(2) == 0 {
		return nil
	}
	return &n
}

// anyChecklist makes one that can be published.
func anyChecklist(r *rand.Rand) Checklist {
	c := Checklist{Code: "any", NameZH: "任意", NameEN: "Any"}
	for n := range 2 + r.IntN(7) {
		c.Items = append(c.Items, anyItem(r, c.Items, n))
	}
	if c.scores() && r.IntN(2) == 0 {
		c.Bands = []Band{{"good", "好", "Good", 80}, {"fair", "中", "Fair", 33.3}, {"poor", "差", "Poor", 0}}
	}
	return c
}

func anyItem(r *rand.Rand, before []Item, n int) Item {
	i := Item{Code: fmt.Sprintf("q%d", n), QuestionZH: "问", QuestionEN: "Q", Kind: pick(r, ItemKinds...)}
	if i.Kind != Note {
		i.Optional = r.IntN(4) == 0
		if r.IntN(2) == 0 {
			i.Category, i.Severity, i.Critical = "2102", General, r.IntN(3) == 0
		}
	}
	if i.chooses() {
		for k := range 2 + r.IntN(3) {
			c := Choice{Code: string(rune('a' + k)), NameZH: "选", NameEN: "C", Fails: i.Category != "" && r.IntN(3) == 0}
			c.Points = half(r, float64(r.IntN(9)-2)/3)
			i.Choices = append(i.Choices, c)
		}
	} else if i.Kind != Note {
		i.Points = half(r, float64(1+r.IntN(30))/7)
	}
	if i.scores() {
		i.Weight = half(r, float64(1+r.IntN(20))/10)
	}
	switch i.Kind {
	case Number:
		i.Whole = r.IntN(3) == 0
		i.Least, i.Most = half(r, 0), half(r, 9)
		if i.Category != "" {
			i.Min = half(r, 2)
		}
	case Text:
		i.Most = half(r, 3)
	case Several:
		i.Least, i.Most = half(r, 1), half(r, 2)
	case Photo:
		i.Least, i.Most = half(r, 1), half(r, 2)
	}
	if len(before) > 0 && r.IntN(2) == 0 {
		condition := anyCondition(r, before, 3)
		if condition.check(before, nil) == nil {
			i.Condition = &condition
		}
	}
	return i
}

func anyCondition(r *rand.Rand, before []Item, depth int) Condition {
	switch kind := r.IntN(6); {
	case depth > 0 && kind == 0:
		return Condition{All: []Condition{anyCondition(r, before, depth-1), anyCondition(r, before, depth-1)}}
	case depth > 0 && kind == 1:
		return Condition{Any: []Condition{anyCondition(r, before, depth-1), anyCondition(r, before, depth-1)}}
	case depth > 0 && kind == 2:
		part := anyCondition(r, before, depth-1)
		return Condition{Not: &part}
	}
	of := pick(r, before...)
	switch {
	case of.Kind == Number && r.IntN(4) > 0:
		n := float64(r.IntN(10))
		return Condition{Item: of.Code, Test: pick(r, Equals, Below, AtMost, Above, AtLeast), Number: &n}
	case of.chooses() && r.IntN(4) > 0:
		return Condition{Item: of.Code, Test: Says, Value: pick(r, of.Choices...).Code}
	case of.Kind == Text && r.IntN(2) == 0:
		return Condition{Item: of.Code, Test: Says, Value: pick(r, "是", "否")}
	case r.IntN(2) == 0:
		return Condition{Item: of.Code, Test: CameOut, Value: string(pick(r, Outcomes...))}
	}
	return Condition{Item: of.Code, Test: Answered}
}

var someday = time.Date(2026, 3, 2, 1, 30, 0, 0, time.UTC)

// anyAnswer is one that mostly fits its item.
func anyAnswer(r *rand.Rand, i Item, photos []media.Declared) Answer {
	a := Answer{Item: i.Code, Outcome: pick(r, Pass, Pass, Pass, Fail, NotApplicable)}
	if i.Category == "" && a.Outcome == Fail && r.IntN(8) > 0 {
		a.Outcome = Pass
	}
	kind := i.Kind
	if r.IntN(40) == 0 {
		kind = pick(r, ItemKinds...)
	}
	if a.Outcome != NotApplicable {
		switch kind {
		case Number:
			n := float64(r.IntN(24)-2) / 2
			a.Number = &n
		case Text:
			a.Text = pick(r, "是", "否", "说不好", "写得太长")
		case OneOf:
			a.Text = string(rune('a' + r.IntN(4)))
		case Several:
			for k := range 4 {
				if r.IntN(2) == 0 {
					a.Choices = append(a.Choices, string(rune('a'+k)))
				}
			}
		case Location:
			a.Location = &geo.Position{Lon: 114.05, Lat: 22.54, Datum: pick(r, geo.WGS84, geo.GCJ02, "", "mars"), Accuracy: float64(r.IntN(9) - 1), Source: geo.SourceGNSS, CapturedAt: someday}
		case Photo:
			for _, p := range photos {
				if r.IntN(3) == 0 {
					a.Photos = append(a.Photos, p.ID)
				}
			}
		case Signature:
			if len(photos) > 0 {
				a.Signature = new(pick(r, photos...).ID)
			}
		}
	}
	if i.chooses() || i.Kind == Number { // mostly as bounds and choices say
		if a.Outcome == Pass && i.fails(a) && r.IntN(6) > 0 {
			a.Outcome = Fail
		}
	}
	a.Fixed = a.Outcome == Fail && r.IntN(4) == 0
	return a
}
