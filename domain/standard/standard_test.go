package standard_test

import (
	"testing"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// sound is the smallest set of standards that may be published.
func sound() standard.Standards {
	s := standard.Standards{
		Departments: []standard.Department{{Code: "fire", NameZH: "消防", NameEN: "Fire"}, {Code: "urban_management", NameZH: "城管", NameEN: "Urban management"}},
		Categories: []standard.Category{{Code: "0801", Kind: standard.Event, MajorZH: "消防安全", MajorEN: "Fire safety",
			NameZH: "堵塞疏散通道", NameEN: "Blocked escape route"}},
	}
	for _, days := range []int{1, 3} {
		s.Filings = append(s.Filings, standard.Filing{Category: "0801", ConditionZH: "属实", ConditionEN: "True", ClosingZH: "畅通", ClosingEN: "Clear",
			LimitNumber: days, LimitUnit: calendar.WorkingDay, Department: "fire", Assisting: []string{"urban_management"}, LegalBasis: "消防法第二十八条"})
	}
	for _, stage := range []string{"verify", "file", "dispatch", "accept", "check", "quality", "total", "reply", "appeal", "reopen"} {
		s.Limits = append(s.Limits, standard.TimeLimit{Stage: stage, Urgent: true, LimitNumber: 1, LimitUnit: calendar.UrgentHour},
			standard.TimeLimit{Stage: stage, LimitNumber: 4, LimitUnit: calendar.WorkingHour})
	}
	return s
}

func TestANewVersionLeavesOpenCasesTheirs(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	tx.Actor = actor.System("test")
	first, err := standard.Publish(ctx, tx, sound())
	if err != nil {
		t.Fatal(err)
	}
	pinned, err := standard.ForCategory(ctx, tx, "0801")
	if err != nil || len(pinned) != 2 || pinned[1].Position != 2 || pinned[1].Limit() != (calendar.Limit{Number: 3, Unit: calendar.WorkingDay}) {
		t.Fatalf("version %d: %+v, %v", first, pinned, err)
	}

	shorter := sound()
	shorter.Filings = shorter.Filings[:1]
	second, err := standard.Publish(ctx, tx, shorter)
	if err != nil || second != first+1 {
		t.Fatalf("second version %d, %v", second, err)
	}
	if now, err := standard.Current(ctx, tx); err != nil || len(now) != 1 || now[0].Version != second {
		t.Fatalf("current: %+v, %v", now, err)
	}
	if then, err := standard.FilingOf(ctx, tx, pinned[1].ID); err != nil || then.Version != first {
		t.Fatalf("what was pinned is gone: %+v, %v", then, err)
	}
}

func TestNoLimitIsGuessed(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	if _, err := standard.StageLimit(ctx, tx, "accept", true); !fault.Is(err, "STAGE_LIMIT_MISSING") {
		t.Fatalf("before any version: %v", err)
	}
	fixture.Standards(t, ctx, tx)
	limit, err := standard.StageLimit(ctx, tx, "accept", false)
	if err != nil || limit != (calendar.Limit{Number: 4, Unit: calendar.WorkingHour}) {
		t.Fatalf("%+v, %v", limit, err)
	}
	if _, err := standard.CategoryOf(ctx, tx, "9999"); !fault.Is(err, "CATEGORY_UNKNOWN") {
		t.Fatalf("unknown category: %v", err)
	}
}

func TestContradictoryStandardsAreRefusedWithTheirPath(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil      func(*standard.Standards)
		code, path string
	}{
		"limit of nothing":      {func(s *standard.Standards) { s.Filings[1].LimitNumber = 0 }, "LIMIT_NUMBER", "filings[1].limit.number"},
		"limit in fortnights":   {func(s *standard.Standards) { s.Filings[0].LimitUnit = "fortnight" }, "LIMIT_UNIT", "filings[0].limit.unit"},
		"nobody leads":          {func(s *standard.Standards) { s.Filings[0].Department = "" }, "DEPARTMENT_UNKNOWN", "filings[0].department"},
		"helps itself":          {func(s *standard.Standards) { s.Filings[0].Assisting = []string{"fire"} }, "DEPARTMENT_UNKNOWN", "filings[0].assisting[0]"},
		"category not declared": {func(s *standard.Standards) { s.Filings[0].Category = "0802" }, "CATEGORY_UNKNOWN", "filings[0].category"},
		"no legal basis":        {func(s *standard.Standards) { s.Filings[0].LegalBasis = " " }, "STANDARD_INCOMPLETE", "filings[0]"},
		"category of letters":   {func(s *standard.Standards) { s.Categories[0].Code = "08a1" }, "CATEGORY_CODE", "categories[0].code"},
		"a stage forgotten":     {func(s *standard.Standards) { s.Limits = s.Limits[1:] }, "STAGE_LIMIT_MISSING", "limits"},
		"a stage twice":         {func(s *standard.Standards) { s.Limits[1].Urgent = true }, "STAGE_LIMIT", "limits[1]"},
	} {
		s := sound()
		c.spoil(&s)
		e, ok := fault.As(s.Check())
		if !ok || e.Code != c.code || e.Field != c.path {
			t.Errorf("%s: %v", name, e)
		}
	}
	if err := sound().Check(); err != nil {
		t.Errorf("sound standards: %v", err)
	}
}

func TestOnlyAdministratorsPublish(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	tx.Actor = fixture.Person(t, ctx, tx, fixture.As(actor.Dispatcher, fixture.CityCode, ""))
	if _, err := standard.Publish(ctx, tx, sound()); !fault.Is(err, "ACTION_NOT_YOURS") {
		t.Fatalf("a dispatcher: %v", err)
	}
}
