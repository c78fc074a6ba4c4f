package inspection_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/inspection"
	"gridwork/domain/media"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/fixture"
)

func is(item, value string) *inspection.Condition {
	return &inspection.Condition{Item: item, Test: inspection.Says, Value: value}
}

// form asks what the first handhelds could not.
func form() inspection.Checklist {
	return inspection.Checklist{Code: "fire", NameZH: "消防检查", NameEN: "Fire check", Items: []inspection.Item{
		{Code: "use", QuestionZH: "用途", QuestionEN: "Use", Kind: inspection.Several, Least: new(1.0), Most: new(2.0), Choices: []inspection.Choice{
			{Code: "shop", NameZH: "商铺", NameEN: "Shop"}, {Code: "store", NameZH: "仓储", NameEN: "Storage"}, {Code: "home", NameZH: "住人", NameEN: "Home"}}},
		{Code: "sleepers", QuestionZH: "住几人", QuestionEN: "Sleepers", Kind: inspection.Number, Whole: true, Least: new(1.0), Most: new(50.0), Max: new(10.0),
			Category: fixture.BlockedExit, Severity: inspection.Major, Condition: is("use", "home"), Points: new(10.0), Critical: true},
		{Code: "alarm", QuestionZH: "有烟感", QuestionEN: "Smoke alarm", Kind: inspection.PassFail, Category: fixture.Hydrant, Severity: inspection.General,
			Condition: &inspection.Condition{Item: "sleepers", Test: inspection.Above, Number: new(0.0)}, Points: new(5.0), Weight: new(2.0)},
		{Code: "stock", QuestionZH: "存放什么", QuestionEN: "What is stored", Kind: inspection.OneOf, Condition: is("use", "store"), Choices: []inspection.Choice{
			{Code: "dry", NameZH: "干货", NameEN: "Dry goods", Points: new(4.0)}, {Code: "paint", NameZH: "油漆", NameEN: "Paint", Points: new(-2.0)}}},
		{Code: "valve", QuestionZH: "燃气阀位置", QuestionEN: "Gas valve", Kind: inspection.Location},
		{Code: "front", QuestionZH: "门头", QuestionEN: "Front", Kind: inspection.Photo, Least: new(1.0), Most: new(2.0), LegalBasis: "测试依据"},
		{Code: "say", QuestionZH: "请告知结果", QuestionEN: "Tell them", Kind: inspection.Note},
		{Code: "remark", QuestionZH: "备注", QuestionEN: "Remark", Kind: inspection.Text, Optional: true, Most: new(5.0)},
		{Code: "sign", QuestionZH: "签名", QuestionEN: "Signature", Kind: inspection.Signature},
	}, Bands: []inspection.Band{{Code: "good", NameZH: "好", NameEN: "Good", From: 80}, {Code: "poor", NameZH: "差", NameEN: "Poor", From: 0}}}
}

// formScene has a task that is answered on the form.
func formScene(t *testing.T) (*scene, uuid.UUID) {
	t.Helper()
	s := newScene(t)
	fixture.Do(s.tx, actor.System("test"), func() { s.list = must(inspection.Publish(s.ctx, s.tx, form()))(t) })
	s.campaign(t)
	return s, s.tasksOf(t, s.holder)[0].ID
}

// filled is a storeroom where two people sleep, with its front and a signature.
func filled(s *scene, task uuid.UUID) inspection.Submission {
	in := s.submission(task)
	front, sign := in.Photos[0].ID, pg.NewID()
	in.Photos = append(in.Photos, media.Declared{ID: sign, SHA256: make([]byte, 32)})
	in.Answers = []inspection.Answer{
		{Item: "use", Outcome: inspection.Pass, Choices: []string{"store", "home"}},
		{Item: "sleepers", Outcome: inspection.Pass, Number: new(2.0)},
		{Item: "alarm", Outcome: inspection.Fail, Note: "没有"},
		{Item: "stock", Outcome: inspection.Pass, Text: "dry"},
		{Item: "valve", Outcome: inspection.Pass, Location: &in.Position},
		{Item: "front", Outcome: inspection.Pass, Photos: []uuid.UUID{front}},
		{Item: "sign", Outcome: inspection.Pass, Signature: &sign},
	}
	return in
}

func TestAFormIsAskedByWhatWasAnswered(t *testing.T) {
	t.Parallel()
	s, task := formScene(t)
	in := filled(s, task)
	if _, err := s.submit(s.holder, in); err != nil {
		t.Fatal(err)
	}
	s.flush(t)
	found := must(inspection.FindingsOf(s.ctx, s.tx, []uuid.UUID{task}))(t)[task]
	if len(found) != 1 || found[0].Item != "alarm" {
		t.Errorf("found %+v", found)
	}

	// It comes to 10 for the sleepers, nothing for the alarm, 4 for the stock, of 10, twice 5, and 4.
	seen := func(who *actor.Actor) (i inspection.Inspection) {
		fixture.Do(s.tx, who, func() { i = must(inspection.InspectionsOf(s.ctx, s.tx, []uuid.UUID{task}))(t)[0] })
		return i
	}
	if score := seen(s.holder).Score(); score == nil || *score != (inspection.Score{Earned: 14, Possible: 24, Grade: "poor"}) {
		t.Errorf("it comes to %+v", score)
	}
	kept := seen(s.lead)
	if len(kept.Answers) != 7 || kept.Answers[4].Place() == nil || *kept.Answers[4].Accuracy() != 5 {
		t.Errorf("the duty lead reads %+v", kept.Answers)
	}
	if a := seen(s.neighbour).Answers; a != nil {
		t.Errorf("somebody else of the street reads %+v", a)
	}

	// The signature stands in no list of photos, and has no copy.
	photos := must(media.OfSubjects(s.ctx, s.tx, []uuid.UUID{in.ID}))(t)[in.ID]
	if len(photos) != 1 || photos[0].ID != in.Photos[0].ID {
		t.Errorf("photos: %+v", photos)
	}
	sign := must(media.Get(s.ctx, s.tx, in.Photos[1].ID))(t)
	_, err := sign.Key(media.Copy)
	refused(t, "a copy of a signature", err, media.CodeSealed, "")
}

func TestACriticalFailureGivesTheLowestGrade(t *testing.T) {
	t.Parallel()
	s, task := formScene(t)
	in := filled(s, task)
	in.Answers[1] = inspection.Answer{Item: "sleepers", Outcome: inspection.Fail, Number: new(12.0)}
	in.Answers[2] = inspection.Answer{Item: "alarm", Outcome: inspection.Pass}
	if _, err := s.submit(s.holder, in); err != nil {
		t.Fatal(err)
	}
	s.flush(t)
	equal(t, "kept", s.count(t, `select count(*) from inspection_scores where earned = 14 and possible = 24 and critical and grade = 'poor'`), 1)
}

func TestAnswersThatAFormDoesNotAskForAreRefusedWithTheirPath(t *testing.T) {
	t.Parallel()
	s, task := formScene(t)
	drop := func(in *inspection.Submission, items ...string) {
		in.Answers = slices.DeleteFunc(in.Answers, func(a inspection.Answer) bool { return slices.Contains(items, a.Item) })
	}
	for name, try := range map[string]struct {
		change      func(*inspection.Submission)
		code, field string
	}{
		"an item that is not asked":      {func(in *inspection.Submission) { in.Answers[0].Choices = []string{"store"} }, "ITEM_NOT_ASKED", "answers[1].item"},
		"one that hangs on it":           {func(in *inspection.Submission) { in.Answers[0].Choices = []string{"store"}; drop(in, "sleepers") }, "ITEM_NOT_ASKED", "answers[1].item"},
		"an item that is asked left out": {func(in *inspection.Submission) { drop(in, "alarm") }, "ITEM_UNANSWERED", "answers"},
		"a note answered":                {func(in *inspection.Submission) { in.Answers[0].Item = "say" }, "ITEM_NOT_ASKED", "answers[0].item"},
		"too many choices":               {func(in *inspection.Submission) { in.Answers[0].Choices = []string{"shop", "store", "home"} }, "CHOICES_TOO_MANY", "answers[0].choices"},
		"no choice":                      {func(in *inspection.Submission) { in.Answers[0].Choices = nil; drop(in, "sleepers", "alarm", "stock") }, "CHOICES_MISSING", "answers[0].choices"},
		"a choice twice":                 {func(in *inspection.Submission) { in.Answers[0].Choices = []string{"home", "home"}; drop(in, "stock") }, "CHOICE_TWICE", "answers[0].choices[1]"},
		"an unknown choice":              {func(in *inspection.Submission) { in.Answers[0].Choices[0] = "farm"; drop(in, "stock") }, "CHOICE_UNKNOWN", "answers[0].choices[0]"},
		"a fraction of a person":         {func(in *inspection.Submission) { in.Answers[1].Number = new(1.5) }, "NUMBER_NOT_WHOLE", "answers[1].number"},
		"nobody who sleeps":              {func(in *inspection.Submission) { in.Answers[1].Number = new(0.0); drop(in, "alarm") }, "NUMBER_OUT_OF_RANGE", "answers[1].number"},
		"a thousand who sleep":           {func(in *inspection.Submission) { in.Answers[1].Number = new(1000.0) }, "NUMBER_OUT_OF_RANGE", "answers[1].number"},
		"no location":                    {func(in *inspection.Submission) { in.Answers[4].Location = nil }, "LOCATION_MISSING", "answers[4].location"},
		"a location in no datum":         {func(in *inspection.Submission) { p := in.Position; p.Datum = "mars"; in.Answers[4].Location = &p }, geo.CodeUnknownDatum, "answers[4].location.datum"},
		"nowhere":                        {func(in *inspection.Submission) { p := in.Position; p.Lat = math.Inf(1); in.Answers[4].Location = &p }, "", "answers[4].location"},
		"located tomorrow": {func(in *inspection.Submission) {
			p := in.Position
			p.CapturedAt = p.CapturedAt.Add(24 * time.Hour)
			in.Answers[4].Location = &p
		}, "CAPTURED_IN_FUTURE", "answers[4].location.capturedAt"},
		"a location not asked for":       {func(in *inspection.Submission) { in.Answers[3].Location = &in.Position }, "LOCATION_NOT_ASKED", "answers[3].location"},
		"a photo that was not sent":      {func(in *inspection.Submission) { in.Answers[5].Photos[0] = pg.NewID() }, "PHOTO_UNKNOWN", "answers[5].photos[0]"},
		"the signature as the photo":     {func(in *inspection.Submission) { in.Answers[5].Photos[0] = *in.Answers[6].Signature }, "PHOTO_NAMED_TWICE", "answers[6].signature"},
		"only a signature, and no photo": {func(in *inspection.Submission) { in.Answers[5].Photos = nil; in.Photos = in.Photos[1:] }, "PHOTO_MISSING", "answers[5].item"},
		"a signature that was not sent":  {func(in *inspection.Submission) { in.Photos = in.Photos[:1] }, "PHOTO_UNKNOWN", "answers[6].signature"},
		"no signature":                   {func(in *inspection.Submission) { in.Answers[6].Signature = nil }, "SIGNATURE_MISSING", "answers[6].signature"},
		"fixed, shown by a signature alone": {func(in *inspection.Submission) {
			in.Answers[2].Fixed = true
			in.Answers[5] = inspection.Answer{Item: "front", Outcome: inspection.NotApplicable}
			in.Photos = in.Photos[1:]
		}, "PHOTO_MISSING", "answers[2].fixed"},
		"too many words": {func(in *inspection.Submission) {
			in.Answers = append(in.Answers, inspection.Answer{Item: "remark", Outcome: inspection.Pass, Text: strings.Repeat("长", 6)})
		}, "TEXT_TOO_LONG", "answers[7].text"},
	} {
		in := filled(s, task)
		try.change(&in)
		s.exec(t, `savepoint before`)
		_, err := s.submit(s.holder, in)
		refused(t, name, err, try.code, try.field)
		s.exec(t, `rollback to savepoint before`)
	}
	equal(t, "inspections", s.count(t, `select count(*) from inspections`), 0)
}

func TestAFormThatCouldNotBeAskedIsRefusedWithItsPath(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	deep := is("use", "shop")
	for range 8 {
		deep = &inspection.Condition{Not: deep}
	}
	many := inspection.Condition{}
	for range 51 {
		many.Any = append(many.Any, *is("use", "shop"))
	}
	for name, try := range map[string]struct {
		change      func(*inspection.Checklist)
		code, field string
	}{
		"about a later item": {func(c *inspection.Checklist) { c.Items[0].Condition = is("stock", "dry") }, "CHECKLIST_CONDITION_LATER", "items[0].condition.item"},
		"about itself":       {func(c *inspection.Checklist) { c.Items[3].Condition = is("stock", "dry") }, "CHECKLIST_CONDITION_LATER", "items[3].condition.item"},
		"two that wait for another": {func(c *inspection.Checklist) {
			c.Items[2].Condition = is("stock", "dry")
			c.Items[3].Condition = is("alarm", "x")
		}, "CHECKLIST_CONDITION_LATER", "items[2].condition.item"},
		"about nothing":        {func(c *inspection.Checklist) { c.Items[3].Condition = is("roof", "dry") }, "CHECKLIST_CONDITION_UNKNOWN", "items[3].condition.item"},
		"an unknown choice":    {func(c *inspection.Checklist) { c.Items[3].Condition = is("use", "farm") }, "CHECKLIST_CONDITION", "items[3].condition.value"},
		"a choice as a number": {func(c *inspection.Checklist) { c.Items[2].Condition.Item = "use" }, "CHECKLIST_CONDITION", "items[2].condition.number"},
		"two things at once":   {func(c *inspection.Checklist) { c.Items[2].Condition.Not = is("use", "shop") }, "CHECKLIST_CONDITION", "items[2].condition"},
		"nothing at all":       {func(c *inspection.Checklist) { c.Items[2].Condition = &inspection.Condition{} }, "CHECKLIST_CONDITION", "items[2].condition"},
		"too deep":             {func(c *inspection.Checklist) { c.Items[2].Condition = deep }, "CHECKLIST_CONDITION", "items[2].condition.not.not"},
		"too much":             {func(c *inspection.Checklist) { c.Items[2].Condition = &many }, "CHECKLIST_CONDITION", "items[2].condition.any[50]"},
		"about a note": {func(c *inspection.Checklist) {
			c.Items[7].Condition = &inspection.Condition{Item: "say", Test: inspection.Answered}
		}, "CHECKLIST_CONDITION", "items[7].condition.item"},
		"no such test": {func(c *inspection.Checklist) {
			c.Items[3].Condition = &inspection.Condition{Item: "use", Test: "smells"}
		}, "CHECKLIST_CONDITION", "items[3].condition.test"},
		"more choices than there are": {func(c *inspection.Checklist) { c.Items[0].Most = new(4.0) }, "CHECKLIST_RANGE", "items[0].most"},
		"a range without answers":     {func(c *inspection.Checklist) { c.Items[1].Least = new(51.0) }, "CHECKLIST_RANGE", "items[1].most"},
		"half a photo":                {func(c *inspection.Checklist) { c.Items[5].Least = new(0.5) }, "CHECKLIST_RANGE", "items[5].least"},
		"a hint in one language":      {func(c *inspection.Checklist) { c.Items[4].HintEN = "x" }, "CHECKLIST_HINT", "items[4].hintZh"},
		"a note that can fail": {func(c *inspection.Checklist) {
			c.Items[6].Category, c.Items[6].Severity = fixture.Hydrant, inspection.Major
		}, "CHECKLIST_NOTE", "items[6].kind"},
		"points for nothing":         {func(c *inspection.Checklist) { c.Items[6].Points = new(1.0) }, "CHECKLIST_POINTS", "items[6].points"},
		"points for choosing at all": {func(c *inspection.Checklist) { c.Items[0].Points = new(1.0) }, "CHECKLIST_POINTS", "items[0].points"},
		"points without end":         {func(c *inspection.Checklist) { c.Items[3].Choices[0].Points = new(math.NaN()) }, "CHECKLIST_POINTS", "items[3].choices[0].points"},
		"a weight of nothing":        {func(c *inspection.Checklist) { c.Items[4].Weight = new(2.0) }, "CHECKLIST_WEIGHT", "items[4].weight"},
		"critical and cannot fail":   {func(c *inspection.Checklist) { c.Items[4].Critical = true }, "CHECKLIST_CATEGORY", "items[4].category"},
		"grades out of order":        {func(c *inspection.Checklist) { c.Bands[1].From = 90 }, "CHECKLIST_BANDS", "bands[1].from"},
		"no lowest grade":            {func(c *inspection.Checklist) { c.Bands[1].From = 10 }, "CHECKLIST_BANDS", "bands[1].from"},
		"ten signatures": {func(c *inspection.Checklist) {
			for n := range 9 {
				c.Items = append(c.Items, inspection.Item{Code: "sign" + string(rune('a'+n)), QuestionZH: "签", QuestionEN: "S", Kind: inspection.Signature})
			}
		}, "CHECKLIST_PHOTOS", "items"},
	} {
		c := form()
		try.change(&c)
		fixture.Do(s.tx, actor.System("test"), func() {
			_, err := inspection.Publish(s.ctx, s.tx, c)
			refused(t, name, err, try.code, try.field)
		})
	}
}
