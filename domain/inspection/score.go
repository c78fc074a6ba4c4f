package inspection

import (
	"cmp"
	"slices"
)

const (
	maxPoints = 1000 // of an item or a choice, either way
	maxWeight = 100
	maxBands  = 10
	whole     = 100 // per cent
)

// Band is a grade of a checklist's score, such as 合格.
type Band struct {
	Code   string  `json:"code"`
	NameZH string  `json:"name_zh"`
	NameEN string  `json:"name_en"`
	From   float64 `json:"from"` // per cent of the points that could be had, from which on the grade is given
}

// Score 得分 is what an inspection's answers came to. It is said of the place, never of whoever looked.
type Score struct {
	Earned   float64 // points, each item's times its weight
	Possible float64 // points that could be had of what was asked, answered and applies
	Critical bool    // a critical item failed: the grade is the lowest, whatever the points
	Grade    string  // code of a band; "" where there are none, or nothing applied
}

// scores reports whether the item counts for the score.
func (i Item) scores() bool {
	return i.Points != nil || slices.ContainsFunc(i.Choices, func(c Choice) bool { return c.Points != nil })
}

func (c Checklist) scores() bool {
	return slices.ContainsFunc(c.Items, func(i Item) bool { return i.scores() || i.Critical })
}

// score adds the answers up; nil where the checklist has no points. It has to come to the same as score in
// web/src/field/form.ts, to the bit: the products are rounded one by one, in the checklist's order.
func (c Checklist) score(answers []Answer) *Score {
	if !c.scores() {
		return nil
	}
	s := &Score{}
	for _, item := range c.Items {
		n := slices.IndexFunc(answers, func(a Answer) bool { return a.Item == item.Code })
		if n < 0 || answers[n].Outcome == NotApplicable {
			continue
		}
		weight := 1.0
		if item.Weight != nil {
			weight = *item.Weight
		}
		s.Earned += float64(weight * item.earned(answers[n]))
		s.Possible += float64(weight * item.possible())
		s.Critical = s.Critical || item.Critical && answers[n].Outcome == Fail
	}
	s.Grade = c.grade(*s)
	return s
}

func (c Checklist) grade(s Score) string {
	if len(c.Bands) == 0 || s.Possible == 0 && !s.Critical {
		return ""
	}
	n := -1
	if !s.Critical {
		n = slices.IndexFunc(c.Bands, func(b Band) bool { return float64(whole*s.Earned) >= float64(b.From*s.Possible) })
	}
	if n < 0 { // critical, or less than nothing
		n = len(c.Bands) - 1
	}
	return c.Bands[n].Code
}

// earned is what an answer that applies is worth, without the item's weight.
func (i Item) earned(a Answer) (points float64) {
	if i.Points != nil && a.Outcome == Pass {
		points = *i.Points
	}
	for _, c := range i.Choices {
		if c.Points != nil && (a.Text == c.Code || slices.Contains(a.Choices, c.Code)) {
			points += *c.Points
		}
	}
	return points
}

// possible is the most that an answer can be worth: of several choices, that of the best ones that may be chosen together.
func (i Item) possible() (points float64) {
	if i.Points != nil {
		return *i.Points
	}
	if !i.chooses() {
		return 0
	}
	var worth []float64
	for _, c := range i.Choices {
		if c.Points != nil {
			worth = append(worth, *c.Points)
		} else {
			worth = append(worth, 0)
		}
	}
	slices.SortFunc(worth, func(a, b float64) int { return cmp.Compare(b, a) })
	fewest, most := 1, len(worth)
	if i.Kind == OneOf {
		most = 1
	} else if i.Most != nil {
		most = int(*i.Most)
	}
	if i.Least != nil {
		fewest = int(*i.Least)
	}
	for n, p := range worth[:most] {
		if n < fewest || p > 0 {
			points += p
		}
	}
	return points
}

func (c Checklist) checkBands() error {
	seen := map[string]bool{}
	for n, b := range c.Bands {
		path := at("bands", n)
		switch {
		case n >= maxBands:
			return invalid("BANDS", "at most %d grades", maxBands).At("bands")
		case !isCode(b.Code) || seen[b.Code]:
			return invalid("CODE", "a code has 1 to 40 lower-case letters, digits, - and _, and stands once").At("code").At(path)
		case !words(b.NameZH, maxName):
			return invalid("NAME", "a name has 1 to %d characters", maxName).At("nameZh").At(path)
		case !words(b.NameEN, maxName):
			return invalid("NAME", "a name has 1 to %d characters", maxName).At("nameEn").At(path)
		case !finite(b.From) || b.From < 0 || b.From > whole || n > 0 && b.From >= c.Bands[n-1].From:
			return invalid("BANDS", "grades begin at 0 to 100 per cent, the best first").At("from").At(path)
		case n == len(c.Bands)-1 && b.From != 0:
			return invalid("BANDS", "the last grade begins at 0").At("from").At(path)
		}
		seen[b.Code] = true
	}
	if len(c.Bands) > 0 && !c.scores() {
		return invalid("BANDS", "grades need points").At("bands")
	}
	return nil
}

// checkPoints: choices are worth points one by one, whatever else is by passing; a note is worth nothing.
func (i Item) checkPoints() error {
	for n, c := range i.Choices {
		if c.Points != nil && !(*c.Points >= -maxPoints && *c.Points <= maxPoints) {
			return invalid("POINTS", "points are -%d to %d", maxPoints, maxPoints).At("points").At(at("choices", n))
		}
	}
	switch {
	case i.Points != nil && (i.chooses() || i.Kind == Note):
		return invalid("POINTS", "choices are worth points one by one, and a note none").At("points")
	case i.Points != nil && !(*i.Points > 0 && *i.Points <= maxPoints):
		return invalid("POINTS", "passing is worth more than 0 and up to %d points", maxPoints).At("points")
	case i.Weight != nil && !(i.scores() && *i.Weight > 0 && *i.Weight <= maxWeight):
		return invalid("WEIGHT", "a weight is more than 0 and up to %d, of an item with points", maxWeight).At("weight")
	case i.Critical && i.Category == "":
		return invalid("CATEGORY", "an item that can fail needs the category of its finding").At("category")
	}
	return nil
}
