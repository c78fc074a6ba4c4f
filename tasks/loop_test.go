package tasks

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"

	"gridwork/actor"
	"gridwork/domain/inspection"
	"gridwork/domain/media"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// town is the small city with the whole background edge at work, as in a real process.
type town struct {
	*bench
	desk, worker *actor.Actor
	tasks        []inspection.Task
}

func newTown(t testing.TB) *town {
	t.Helper()
	b := newBench(t, dbtest.RedisURL(t))
	town := &town{bench: b}
	var list inspection.Checklist
	b.system(t, func(ctx context.Context, tx *pg.Tx) (err error) {
		fixture.City(t, ctx, tx)
		fixture.Standards(t, ctx, tx)
		town.desk = fixture.Person(t, ctx, tx, fixture.As(actor.DepartmentDesk, fixture.Nanyuan, fixture.Fire))
		town.worker = fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
		var cells []string
		for i := range 8 {
			cells = append(cells, fixture.Cell(fixture.Nanyuan, i))
		}
		fixture.DutyGrid(t, ctx, tx, cells, town.worker)
		list, err = inspection.Publish(ctx, tx, inspection.Checklist{Code: "exits", NameZH: "疏散通道", NameEN: "Exits", Items: []inspection.Item{
			{Code: "exit", QuestionZH: "疏散通道畅通", QuestionEN: "Clear", Kind: inspection.PassFail, Category: fixture.BlockedExit, Severity: inspection.Major}}})
		return err
	})
	d := b.deps(t)
	d.Metrics = prometheus.NewRegistry()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, d) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	b.system(t, func(ctx context.Context, tx *pg.Tx) error {
		_, err := inspection.StartCampaign(ctx, tx, inspection.Start{Name: "排查", Region: fixture.Nanyuan, Checklist: list.ID, DueAt: tx.Now.Add(time.Hour)})
		return err
	})
	eventually(t, "every cell has its task", func() bool {
		b.as(t, town.worker, func(ctx context.Context, tx *pg.Tx) (err error) {
			town.tasks, _, err = inspection.MyTasks(ctx, tx, nil, 100)
			return err
		})
		return len(town.tasks) == 8
	})
	return town
}

// find submits the answer "it fails" for a task, which becomes a case.
func (town *town) find(t testing.TB, task uuid.UUID) {
	t.Helper()
	lon, lat := fixture.Centre(fixture.Nanyuan, 0)
	id, photo := pg.NewID(), pg.NewID()
	town.as(t, town.worker, func(ctx context.Context, tx *pg.Tx) error {
		_, err := inspection.Submit(ctx, tx, inspection.Submission{ID: id, Task: task,
			Answers:  []inspection.Answer{{Item: "exit", Outcome: inspection.Fail, Note: "楼道堆物"}},
			Position: geo.Position{Lon: lon, Lat: lat, Datum: geo.WGS84, Source: geo.SourceGNSS, CapturedAt: tx.Now},
			Photos:   []media.Declared{{ID: photo, SHA256: make([]byte, 32)}}})
		return err
	})
}

// told is how many cases the fire desk has been told of.
func (town *town) told(t testing.TB) (n int) {
	t.Helper()
	town.as(t, town.desk, func(ctx context.Context, tx *pg.Tx) (err error) {
		n, err = pg.Val[int](ctx, tx, `select count(*) from messages where person_id = $1 and kind = 'case_assigned'`, town.desk.ID)
		return err
	})
	return n
}

func (b *bench) as(t testing.TB, who *actor.Actor, fn func(context.Context, *pg.Tx) error) {
	t.Helper()
	ctx := actor.With(t.Context(), who)
	must(t, b.db.Write(ctx, func(tx *pg.Tx) error { return fn(ctx, tx) }))
}

func TestWhatAnInspectionFindsReachesTheDepartmentByItself(t *testing.T) {
	t.Parallel()
	town := newTown(t)

	for _, task := range town.tasks {
		town.find(t, task.ID)
	}

	eventually(t, "the desk knows of every case", func() bool { return town.told(t) == 8 })
	eventually(t, "nothing is left to do", func() bool {
		var left Backlog
		town.system(t, func(ctx context.Context, tx *pg.Tx) (err error) { left, err = Count(ctx, tx); return err })
		equal(t, "dead jobs", left.Dead, 0)
		return left.Waiting+left.Unfinished == 0
	})
	town.system(t, func(ctx context.Context, tx *pg.Tx) error {
		routed, err := pg.Val[int](ctx, tx, `select count(*) from cases where state = 'routed' and department = 'fire' and source = 'inspection'`)
		equal(t, "cases with the fire department", routed, 8)
		closed, _ := pg.Val[string](ctx, tx, `select state from campaigns`)
		equal(t, "campaign", closed, "closed")
		return err
	})
}
