package inspection

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/geo"
)

// A case of testdata/forms.json, which the pages' tests read too: what is asked, and what it comes to. They are recorded from
// checklists and answers made by chance:
//
//	RECORD=1 go test ./domain/inspection -run HandheldsAndServer
type formCase struct {
	Items   []Item   `json:"items"`
	Bands   []Band   `json:"bands"`
	Answers []Answer `json:"answers"`
	Asked   []string `json:"asked"`
	Score   *counted `json:"score"`
}

type counted struct {
	Earned   float64 `json:"earned"`
	Possible float64 `json:"possible"`
	Critical bool    `json:"critical"`
	Grade    string  `json:"grade"`
}

const formCases = "testdata/forms.json"

func TestHandheldsAndServerComeToTheSame(t *testing.T) {
	t.Parallel()
	if os.Getenv("RECORD") != "" {
		recordForms(t)
	}
	text, err := os.ReadFile(formCases)
	if err != nil {
		t.Fatal(err)
	}
	var cases []formCase
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	hidden, scored := 0, 0
	for n, c := range cases {
		list := Checklist{Items: c.Items, Bands: c.Bands}
		if got := askedOf(list, c.Answers); !slices.Equal(got, c.Asked) {
			t.Errorf("case %d asks %v, want %v", n, got, c.Asked)
		}
		if got := list.score(askedAnswers(list, c.Answers)); (got == nil) != (c.Score == nil) || got != nil && counted(*got) != *c.Score {
			t.Errorf("case %d comes to %+v, want %+v", n, got, c.Score)
		}
		if len(c.Asked) < len(c.Items) {
			hidden++
		}
		if c.Score != nil && c.Score.Possible > 0 {
			scored++
		}
	}
	if len(cases) < 100 || hidden < 30 || scored < 30 {
		t.Errorf("%d cases, %d of them hide something and %d come to points", len(cases), hidden, scored)
	}
}

func askedOf(list Checklist, answers []Answer) []string {
	asked, codes := list.asked(answers), []string{}
	for _, i := range list.Items {
		if asked[i.Code] {
			codes = append(codes, i.Code)
		}
	}
	return codes
}

// askedAnswers are those that a handheld sends.
func askedAnswers(list Checklist, answers []Answer) []Answer {
	asked := list.asked(answers)
	return slices.DeleteFunc(slices.Clone(answers), func(a Answer) bool { return !asked[a.Item] })
}

func recordForms(t *testing.T) {
	t.Helper()
	var cases []formCase
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 7))
		list := anyChecklist(r)
		var answers []Answer
		for _, i := range list.Items {
			if a := anyAnswer(r, i, nil); i.Kind != Note && r.IntN(5) > 0 {
				answers = append(answers, a)
			}
		}
		c := formCase{Items: list.Items, Bands: list.Bands, Answers: answers, Asked: askedOf(list, answers)}
		if s := list.score(askedAnswers(list, answers)); s != nil {
			came := counted(*s)
			c.Score = &came
		}
		cases = append(cases, c)
	}
	var text bytes.Buffer
	for n, c := range cases {
		line, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&text, "%c%s\n", "[,"[min(n, 1)], line)
	}
	text.WriteString("]\n")
	if err := os.WriteFile(formCases, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

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
