package inspection_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/inspection"
	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// small is a checklist with one item of each kind.
func small() inspection.Checklist {
	return inspection.Checklist{Code: "small-premises", NameZH: "三小场所检查", NameEN: "Small premises", Items: []inspection.Item{
		{Code: "exit", QuestionZH: "疏散通道畅通", QuestionEN: "Escape route clear", Kind: inspection.PassFail, Category: fixture.BlockedExit, Severity: inspection.Major, LegalBasis: "《消防法》第二十八条"},
		{Code: "extinguishers", QuestionZH: "灭火器数量", QuestionEN: "Extinguishers", Kind: inspection.Number, UnitZH: "具", UnitEN: "pieces", Min: new(2.0), Category: fixture.Hydrant, Severity: inspection.General},
		{Code: "lodging", QuestionZH: "是否违规住人", QuestionEN: "Does anybody sleep here", Kind: inspection.OneOf, Category: fixture.BlockedExit, Severity: inspection.Major,
			Choices: []inspection.Choice{{Code: "none", NameZH: "无", NameEN: "No"}, {Code: "mixed", NameZH: "违规住人", NameEN: "Yes", Fails: true}}},
		{Code: "name", QuestionZH: "场所名称", QuestionEN: "Name of the premises", Kind: inspection.Text},
		{Code: "front", QuestionZH: "门头照片", QuestionEN: "Photo of the front", Kind: inspection.Photo},
	}}
}

func passed() []inspection.Answer {
	return []inspection.Answer{
		{Item: "exit", Outcome: inspection.Pass}, {Item: "extinguishers", Outcome: inspection.Pass, Number: new(4.0)},
		{Item: "lodging", Outcome: inspection.Pass, Text: "none"}, {Item: "name", Outcome: inspection.Pass, Text: "老王杂货店"},
		{Item: "front", Outcome: inspection.Pass},
	}
}

// scene is the small city with a checklist, its people and, after campaign, a task for each of Nanyuan's eight cells.
type scene struct {
	ctx                     context.Context
	tx                      *pg.Tx
	lead, holder, neighbour *actor.Actor
	list                    inspection.Checklist
}

func newScene(t *testing.T) *scene {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	return sceneIn(t, ctx, tx)
}

func sceneIn(t *testing.T, ctx context.Context, tx *pg.Tx) *scene {
	t.Helper()
	fixture.City(t, ctx, tx)
	fixture.Standards(t, ctx, tx)
	s := &scene{ctx: ctx, tx: tx,
		lead:      fixture.Person(t, ctx, tx, fixture.As(actor.DutyLead, fixture.Nanyuan, "")),
		holder:    fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, "")),
		neighbour: fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""))}
	fixture.DutyGrid(t, ctx, tx, []string{fixture.Cell(fixture.Nanyuan, 0), fixture.Cell(fixture.Nanyuan, 1)}, s.holder)
	fixture.DutyGrid(t, ctx, tx, []string{fixture.Cell(fixture.Nanyuan, 2)}, s.neighbour)
	fixture.Do(tx, actor.System("test"), func() {
		var err error
		if s.list, err = inspection.Publish(ctx, tx, small()); err != nil {
			t.Fatal(err)
		}
	})
	return s
}

func (s *scene) start(t *testing.T) inspection.Campaign {
	t.Helper()
	var c inspection.Campaign
	fixture.Do(s.tx, s.lead, func() {
		c = must(inspection.StartCampaign(s.ctx, s.tx, inspection.Start{Name: "三小场所排查", Region: fixture.Nanyuan,
			Checklist: s.list.ID, DueAt: s.tx.Now.Add(72 * time.Hour)}))(t)
	})
	return c
}

// campaign is started, and its tasks are made.
func (s *scene) campaign(t *testing.T) inspection.Campaign {
	t.Helper()
	c := s.start(t)
	for more := true; more; {
		more = must(inspection.Generate(s.ctx, s.tx, c.ID, 3))(t)
	}
	s.flush(t)
	return c
}

func (s *scene) flush(t *testing.T) {
	t.Helper()
	if err := s.tx.Flush(s.ctx); err != nil {
		t.Fatal(err)
	}
}

// tasksOf are the open tasks of somebody.
func (s *scene) tasksOf(t *testing.T, who *actor.Actor) (found []inspection.Task) {
	t.Helper()
	fixture.Do(s.tx, who, func() {
		var err error
		if found, _, err = inspection.MyTasks(s.ctx, s.tx, nil, 100); err != nil {
			t.Fatal(err)
		}
	})
	return found
}

func (s *scene) submission(task uuid.UUID, answers ...inspection.Answer) inspection.Submission {
	lon, lat := fixture.Centre(fixture.Nanyuan, 0)
	return inspection.Submission{ID: pg.NewID(), Task: task, Answers: answers,
		Position: geo.Position{Lon: lon, Lat: lat, Datum: geo.WGS84, Accuracy: 5, Source: geo.SourceGNSS, CapturedAt: s.tx.Now},
		Photos:   []media.Declared{{ID: pg.NewID(), SHA256: make([]byte, 32)}}}
}

func (s *scene) submit(who *actor.Actor, in inspection.Submission) (r inspection.Receipt, err error) {
	fixture.Do(s.tx, who, func() { r, err = inspection.Submit(s.ctx, s.tx, in) })
	return r, err
}

func (s *scene) count(t *testing.T, sql string, args ...any) int {
	t.Helper()
	return must(pg.Val[int](s.ctx, s.tx, sql, args...))(t)
}

func (s *scene) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	if _, err := s.tx.Exec(s.ctx, sql, args...); err != nil {
		t.Fatal(err)
	}
}

func inTx(t *testing.T, db *pg.DB, fn func(context.Context, *pg.Tx)) {
	t.Helper()
	ctx := actor.With(t.Context(), actor.System("test"))
	if err := db.Write(ctx, func(tx *pg.Tx) error { fn(ctx, tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

// refused expects a fault; code "" stands for any.
func refused(t *testing.T, name string, err error, code, field string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || code != "" && f.Code != code || !strings.HasPrefix(f.Field, field) || field == "" && f.Field != "" {
		t.Errorf("%s: got %v, want %s at %q", name, err, code, field)
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
