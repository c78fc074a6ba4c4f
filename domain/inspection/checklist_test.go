package inspection_test

import (
	"testing"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/inspection"
	"gridwork/test/fixture"
)

func TestAChecklistThatCouldNotBeAnsweredIsRefusedWithItsPath(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	for name, try := range map[string]struct {
		change      func(*inspection.Checklist)
		code, field string
	}{
		"a code with blanks":       {func(c *inspection.Checklist) { c.Code = "a b" }, "CHECKLIST_CODE", "code"},
		"no name":                  {func(c *inspection.Checklist) { c.NameEN = "" }, "CHECKLIST_NAME", "nameEn"},
		"no items":                 {func(c *inspection.Checklist) { c.Items = nil }, "CHECKLIST_ITEMS", "items"},
		"a code twice":             {func(c *inspection.Checklist) { c.Items[2].Code = "exit" }, "CHECKLIST_CODE", "items[2].code"},
		"a question without words": {func(c *inspection.Checklist) { c.Items[0].QuestionZH = "\t" }, "CHECKLIST_QUESTION", "items[0].questionZh"},
		"an unknown kind":          {func(c *inspection.Checklist) { c.Items[0].Kind = "smell" }, "CHECKLIST_KIND", "items[0].kind"},
		"a unit in one language":   {func(c *inspection.Checklist) { c.Items[1].UnitZH = "" }, "CHECKLIST_UNIT", "items[1].unitZh"},
		"bounds that cross":        {func(c *inspection.Checklist) { c.Items[1].Max = new(1.0) }, "CHECKLIST_BOUND", "items[1].max"},
		"bounds on words":          {func(c *inspection.Checklist) { c.Items[3].Min = new(1.0) }, "CHECKLIST_BOUND", "items[3].min"},
		"one choice":               {func(c *inspection.Checklist) { c.Items[2].Choices = c.Items[2].Choices[:1] }, "CHECKLIST_CHOICES", "items[2].choices"},
		"choices on a photo":       {func(c *inspection.Checklist) { c.Items[4].Choices = c.Items[2].Choices }, "CHECKLIST_CHOICES", "items[4].choices"},
		"a choice twice":           {func(c *inspection.Checklist) { c.Items[2].Choices[1].Code = "none" }, "CHECKLIST_CODE", "items[2].choices[1].code"},
		"a failure of no category": {func(c *inspection.Checklist) { c.Items[2].Category, c.Items[2].Severity = "", "" }, "CHECKLIST_CATEGORY", "items[2].category"},
		"no severity":              {func(c *inspection.Checklist) { c.Items[0].Severity = "" }, "CHECKLIST_SEVERITY", "items[0].severity"},
		"an unknown category":      {func(c *inspection.Checklist) { c.Items[0].Category = "9999" }, "UNKNOWN_CATEGORY", "items[0].category"},
	} {
		c := small()
		try.change(&c)
		fixture.Do(s.tx, actor.System("test"), func() {
			_, err := inspection.Publish(s.ctx, s.tx, c)
			refused(t, name, err, try.code, try.field)
		})
	}
	fixture.Do(s.tx, s.lead, func() {
		_, err := inspection.Publish(s.ctx, s.tx, small())
		refused(t, "by a duty lead", err, "NOT_ALLOWED", "")
	})
}

func TestANewVersionLeavesTheOldOneAsItWas(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	next := small()
	next.Items = next.Items[:1]
	var published inspection.Checklist
	fixture.Do(s.tx, actor.System("test"), func() { published = must(inspection.Publish(s.ctx, s.tx, next))(t) })
	equal(t, "version", published.Version, 2)

	current := must(inspection.Checklists(s.ctx, s.tx))(t)
	equal(t, "current", len(current), 1)
	equal(t, "current version", current[0].Version, 2)
	old := must(inspection.ChecklistsByID(s.ctx, s.tx, []uuid.UUID{s.list.ID}))(t)[0]
	equal(t, "items of the old one", len(old.Items), 5)
	equal(t, "its bound", *old.Items[1].Min, 2.0)
}
