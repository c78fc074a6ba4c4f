package measure_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/measure"
	"gridwork/domain/media"
	"gridwork/domain/standard"
	"gridwork/domain/vault"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// town is the small city on a working Wednesday, ten o'clock, with those who work on cases in Nanyuan.
type town struct {
	testing.TB
	ctx    context.Context
	tx     *pg.Tx
	intake *clue.Intake

	dispatcher, lead, supervisor, second, admin *actor.Actor
	fire, urban, handler, sweeper               *actor.Actor // desks, and a handler of each
	worker, neighbour                           *actor.Actor // hold cell 2 and cell 5
}

var tenOClock = time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)

func newTown(t testing.TB) *town {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	tx.Now = tenOClock
	fixture.City(t, ctx, tx)
	fixture.Standards(t, ctx, tx)
	tx.Actor = actor.Anonymous
	town := &town{TB: t, ctx: ctx, tx: tx}
	atlas, err := cell.LoadAtlas(ctx, tx)
	town.must(err)
	key, err := vault.GenerateKey()
	town.must(err)
	town.intake = &clue.Intake{
		Atlas: func() *cell.Atlas { return atlas },
		Keys:  &vault.Keys{Seal: key.Public(), Claim: []byte("claim key of thirty-two bytes ..."), Mark: []byte("mark key of thirty-two bytes ...")},
	}
	town.staff()
	return town
}

func (t *town) staff() {
	t.dispatcher = t.person(actor.Dispatcher, fixture.Nanyuan, "")
	t.lead = t.person(actor.DutyLead, fixture.Nanyuan, "")
	t.supervisor = t.person(actor.Supervisor, fixture.District, "")
	t.second = t.person(actor.Supervisor, fixture.District, "")
	t.admin = t.person(actor.Admin, fixture.CityCode, "")
	t.fire = t.person(actor.DepartmentDesk, fixture.District, fixture.Fire)
	t.urban = t.person(actor.DepartmentDesk, fixture.Nanyuan, fixture.Urban)
	t.handler = t.person(actor.Handler, fixture.District, fixture.Fire)
	t.sweeper = t.person(actor.Handler, fixture.District, fixture.Urban)
	t.worker = t.person(actor.GridWorker, fixture.Nanyuan, "")
	t.neighbour = t.person(actor.GridWorker, fixture.Nanyuan, "")
	fixture.DutyGrid(t, t.ctx, t.tx, []string{fixture.Cell(fixture.Nanyuan, 2)}, t.worker)
	fixture.DutyGrid(t, t.ctx, t.tx, []string{fixture.Cell(fixture.Nanyuan, 5)}, t.neighbour)
}

func (t *town) person(role actor.Role, region, department string) *actor.Actor {
	t.Helper()
	a := fixture.Person(t, t.ctx, t.tx, fixture.As(role, region, department))
	a.Mark = t.intake.Keys.MarkOf(a.ID)
	return a
}

func (t *town) must(err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused checks that an error is the fault with this code, at this path of the input.
func (t *town) refused(what string, err error, code, path string) {
	t.Helper()
	if e, ok := fault.As(err); !ok || e.Code != code || e.Field != path {
		t.Errorf("%s: %v, want %s at %q", what, err, code, path)
	}
}

// as runs a verb with somebody acting.
func as[In, Out any](t *town, a *actor.Actor, verb func(context.Context, *pg.Tx, In) (Out, error), in In) (out Out, err error) {
	t.Helper()
	fixture.Do(t.tx, a, func() { out, err = verb(t.ctx, t.tx, in) })
	return out, err
}

// done is as, for what has to succeed.
func done[In, Out any](t *town, a *actor.Actor, verb func(context.Context, *pg.Tx, In) (Out, error), in In) Out {
	t.Helper()
	out, err := as(t, a, verb, in)
	t.must(err)
	return out
}

func (t *town) later(d time.Duration) { t.tx.Now = t.tx.Now.Add(d) }

// at is a satellite fix in the middle of a cell of Nanyuan, taken just now.
func (t *town) at(i int) geo.Position {
	lon, lat := fixture.Centre(fixture.Nanyuan, i)
	return geo.Position{Lon: lon, Lat: lat, Datum: geo.WGS84, Accuracy: 12, Source: geo.SourceGNSS, CapturedAt: t.tx.Now}
}

func (t *town) reported(by *actor.Actor, category string, cell int) clue.Receipt {
	t.Helper()
	return done(t, by, t.intake.Submit, clue.Submission{ID: pg.NewID(), Text: "消防通道被货车堵住", Category: category, Position: t.at(cell)})
}

// filed is a case of a fresh report.
func (t *town) filed(category string) casework.Case {
	t.Helper()
	return t.filedFrom(t.reported(actor.Anonymous, category, 2).Clue, category)
}

func (t *town) filedFrom(c clue.Clue, category string) casework.Case {
	t.Helper()
	rows, err := standard.ForCategory(t.ctx, t.tx, category)
	t.must(err)
	return done(t, t.dispatcher, casework.File, casework.FileInput{Target: clue.Target{Clue: c.ID}, Standard: rows[0].ID})
}

func of(c casework.Case) casework.Target { return casework.Target{Case: c.ID} }

// routed lets the rules send the case to its department.
func (t *town) routed(c casework.Case) casework.Case {
	t.Helper()
	fixture.Do(t.tx, actor.System("worker"), func() { t.must(casework.Route(t.ctx, t.tx, casework.RouteJob{Case: c.ID, Epoch: c.Epoch})) })
	return t.now(c)
}

func (t *town) working() casework.Case {
	t.Helper()
	c := t.routed(t.filed(fixture.BlockedExit))
	return done(t, t.fire, casework.Accept, casework.AcceptInput{Target: of(c), Handler: t.handler.ID})
}

func (t *town) disposal(c casework.Case) casework.DisposalInput {
	at := t.at(2)
	return casework.DisposalInput{ID: pg.NewID(), Target: of(c), Text: "货车已驶离", Position: &at,
		Photos: []media.Declared{{ID: pg.NewID(), SHA256: make([]byte, 32)}}}
}

// checked has a working case disposed of and looked at.
func (t *town) checked(c casework.Case, fixed bool) casework.Case {
	t.Helper()
	c = done(t, t.handler, casework.ReportDisposal, t.disposal(c))
	c = done(t, t.fire, casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
	done(t, t.worker, casework.AnswerCheck, casework.AnswerCheckInput{Task: t.check(c).ID, Fixed: fixed, Note: "看过"})
	return done(t, t.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(c), Pass: fixed})
}

func (t *town) closed() casework.Case { t.Helper(); return t.checked(t.working(), true) }

// check is the case's newest.
func (t *town) check(c casework.Case) (task casework.CheckTask) {
	t.Helper()
	fixture.Do(t.tx, actor.System("test"), func() {
		found, err := casework.ChecksOf(t.ctx, t.tx, []uuid.UUID{c.ID})
		t.must(err)
		task = found[c.ID][len(found[c.ID])-1]
	})
	return task
}

// now reads the case as it stands.
func (t *town) now(c casework.Case) (found casework.Case) {
	t.Helper()
	t.must(t.tx.Flush(t.ctx))
	fixture.Do(t.tx, actor.System("test"), func() {
		var err error
		found, err = casework.Get(t.ctx, t.tx, c.ID)
		t.must(err)
	})
	return found
}

// rollsUp brings the figures up to date, in batches of that many changes.
func (t *town) rollsUp(batch int) {
	t.Helper()
	t.must(t.tx.Flush(t.ctx))
	fixture.Do(t.tx, actor.System("measures"), func() {
		for n := batch; n == batch; {
			var err error
			n, err = measure.RollUp(t.ctx, t.tx, batch)
			t.must(err)
		}
	})
}

func (t *town) rows(sql string, args ...any) []string {
	t.Helper()
	found, err := pg.Vals[string](t.ctx, t.tx, sql, args...)
	t.must(err)
	return found
}
