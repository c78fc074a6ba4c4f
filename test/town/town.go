// Package town is a small city with those who work on cases in one of its streets, for tests of what is made of cases: it
// runs in a transaction, on a working Wednesday, ten o'clock.
package town

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

// Town is the small city, with those who work on cases in Nanyuan.
type Town struct {
	testing.TB
	Ctx    context.Context
	Tx     *pg.Tx
	Intake *clue.Intake

	Dispatcher, Lead, Supervisor, Second, Admin *actor.Actor
	Fire, Urban, Handler, Sweeper               *actor.Actor // desks, and a handler of each
	Worker, Neighbour                           *actor.Actor // hold cell 2 and cell 5
}

var tenOClock = time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)

// New builds it.
func New(t testing.TB) *Town {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	tx.Now = tenOClock
	fixture.City(t, ctx, tx)
	fixture.Standards(t, ctx, tx)
	tx.Actor = actor.Anonymous
	town := &Town{TB: t, Ctx: ctx, Tx: tx}
	atlas, err := cell.LoadAtlas(ctx, tx)
	town.Must(err)
	key, err := vault.GenerateKey()
	town.Must(err)
	town.Intake = &clue.Intake{
		Atlas: func() *cell.Atlas { return atlas },
		Keys:  &vault.Keys{Seal: key.Public(), Claim: []byte("claim key of thirty-two bytes ..."), Mark: []byte("mark key of thirty-two bytes ...")},
	}
	town.staff()
	return town
}

func (t *Town) staff() {
	t.Dispatcher = t.Person(actor.Dispatcher, fixture.Nanyuan, "")
	t.Lead = t.Person(actor.DutyLead, fixture.Nanyuan, "")
	t.Supervisor = t.Person(actor.Supervisor, fixture.District, "")
	t.Second = t.Person(actor.Supervisor, fixture.District, "")
	t.Admin = t.Person(actor.Admin, fixture.CityCode, "")
	t.Fire = t.Person(actor.DepartmentDesk, fixture.District, fixture.Fire)
	t.Urban = t.Person(actor.DepartmentDesk, fixture.Nanyuan, fixture.Urban)
	t.Handler = t.Person(actor.Handler, fixture.District, fixture.Fire)
	t.Sweeper = t.Person(actor.Handler, fixture.District, fixture.Urban)
	t.Worker = t.Person(actor.GridWorker, fixture.Nanyuan, "")
	t.Neighbour = t.Person(actor.GridWorker, fixture.Nanyuan, "")
	fixture.DutyGrid(t, t.Ctx, t.Tx, []string{fixture.Cell(fixture.Nanyuan, 2)}, t.Worker)
	fixture.DutyGrid(t, t.Ctx, t.Tx, []string{fixture.Cell(fixture.Nanyuan, 5)}, t.Neighbour)
}

// Person is somebody with a role, on duty.
func (t *Town) Person(role actor.Role, region, department string) *actor.Actor {
	t.Helper()
	a := fixture.Person(t, t.Ctx, t.Tx, fixture.As(role, region, department))
	a.Mark = t.Intake.Keys.MarkOf(a.ID)
	return a
}

// Must fails the test on an error.
func (t *Town) Must(err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Refused checks that an error is the fault with this code, at this path of the input.
func (t *Town) Refused(what string, err error, code, path string) {
	t.Helper()
	if e, ok := fault.As(err); !ok || e.Code != code || e.Field != path {
		t.Errorf("%s: %v, want %s at %q", what, err, code, path)
	}
}

// As runs a verb with somebody acting.
func As[In, Out any](t *Town, a *actor.Actor, verb func(context.Context, *pg.Tx, In) (Out, error), in In) (out Out, err error) {
	t.Helper()
	fixture.Do(t.Tx, a, func() { out, err = verb(t.Ctx, t.Tx, in) })
	return out, err
}

// Done is as, for what has to succeed.
func Done[In, Out any](t *Town, a *actor.Actor, verb func(context.Context, *pg.Tx, In) (Out, error), in In) Out {
	t.Helper()
	out, err := As(t, a, verb, in)
	t.Must(err)
	return out
}

// Later moves the clock.
func (t *Town) Later(d time.Duration) { t.Tx.Now = t.Tx.Now.Add(d) }

// At is a satellite fix in the middle of a cell of Nanyuan, taken just now.
func (t *Town) At(i int) geo.Position {
	lon, lat := fixture.Centre(fixture.Nanyuan, i)
	return geo.Position{Lon: lon, Lat: lat, Datum: geo.WGS84, Accuracy: 12, Source: geo.SourceGNSS, CapturedAt: t.Tx.Now}
}

// Reported is a fresh report of a blocked fire lane.
func (t *Town) Reported(by *actor.Actor, category string, cell int) clue.Receipt {
	t.Helper()
	return Done(t, by, t.Intake.Submit, clue.Submission{ID: pg.NewID(), Text: "消防通道被货车堵住", Category: category, Position: t.At(cell)})
}

// Filed is a case of a fresh report.
func (t *Town) Filed(category string) casework.Case {
	t.Helper()
	return t.FiledFrom(t.Reported(actor.Anonymous, category, 2).Clue, category)
}

// FiledFrom is the case of a report.
func (t *Town) FiledFrom(c clue.Clue, category string) casework.Case {
	t.Helper()
	rows, err := standard.ForCategory(t.Ctx, t.Tx, category)
	t.Must(err)
	return Done(t, t.Dispatcher, casework.File, casework.FileInput{Target: clue.Target{Clue: c.ID}, Standard: rows[0].ID})
}

func of(c casework.Case) casework.Target { return casework.Target{Case: c.ID} }

// Routed lets the rules send the case to its department.
func (t *Town) Routed(c casework.Case) casework.Case {
	t.Helper()
	fixture.Do(t.Tx, actor.System("worker"), func() { t.Must(casework.Route(t.Ctx, t.Tx, casework.RouteJob{Case: c.ID, Epoch: c.Epoch})) })
	return t.Now(c)
}

// Working is a case that the fire department has accepted.
func (t *Town) Working() casework.Case {
	t.Helper()
	c := t.Routed(t.Filed(fixture.BlockedExit))
	return Done(t, t.Fire, casework.Accept, casework.AcceptInput{Target: of(c), Handler: t.Handler.ID})
}

// Disposal is the report of one, from the spot and with a photo.
func (t *Town) Disposal(c casework.Case) casework.DisposalInput {
	at := t.At(2)
	return casework.DisposalInput{ID: pg.NewID(), Target: of(c), Text: "货车已驶离", Position: &at,
		Photos: []media.Declared{{ID: pg.NewID(), SHA256: make([]byte, 32)}}}
}

// Checked has a working case disposed of and looked at.
func (t *Town) Checked(c casework.Case, fixed bool) casework.Case {
	t.Helper()
	c = Done(t, t.Handler, casework.ReportDisposal, t.Disposal(c))
	c = Done(t, t.Fire, casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
	Done(t, t.Worker, casework.AnswerCheck, casework.AnswerCheckInput{Task: t.Check(c).ID, Fixed: fixed, Note: "看过"})
	return Done(t, t.Dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(c), Pass: fixed})
}

// Closed is a case that was found fixed.
func (t *Town) Closed() casework.Case { t.Helper(); return t.Checked(t.Working(), true) }

// Check is the case's newest.
func (t *Town) Check(c casework.Case) (task casework.CheckTask) {
	t.Helper()
	fixture.Do(t.Tx, actor.System("test"), func() {
		found, err := casework.ChecksOf(t.Ctx, t.Tx, []uuid.UUID{c.ID})
		t.Must(err)
		task = found[c.ID][len(found[c.ID])-1]
	})
	return task
}

// Now reads the case as it stands.
func (t *Town) Now(c casework.Case) (found casework.Case) {
	t.Helper()
	t.Must(t.Tx.Flush(t.Ctx))
	fixture.Do(t.Tx, actor.System("test"), func() {
		var err error
		found, err = casework.Get(t.Ctx, t.Tx, c.ID)
		t.Must(err)
	})
	return found
}

// RollsUp brings the figures up to date, in batches of that many changes.
func (t *Town) RollsUp(batch int) {
	t.Helper()
	t.Must(t.Tx.Flush(t.Ctx))
	fixture.Do(t.Tx, actor.System("measures"), func() {
		for n := batch; n == batch; {
			var err error
			n, err = measure.RollUp(t.Ctx, t.Tx, batch)
			t.Must(err)
		}
	})
}

// Rows are what a query of one text column finds.
func (t *Town) Rows(sql string, args ...any) []string {
	t.Helper()
	found, err := pg.Vals[string](t.Ctx, t.Tx, sql, args...)
	t.Must(err)
	return found
}
