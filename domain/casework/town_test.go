package casework_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/media"
	"gridwork/domain/standard"
	"gridwork/domain/vault"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// town is the small city on a working Wednesday, ten o'clock, with one of each who work on a case in Nanyuan.
type town struct {
	testing.TB
	ctx    context.Context
	tx     *pg.Tx
	intake *clue.Intake

	dispatcher, lead, supervisor *actor.Actor
	desk, urban                  *actor.Actor // of fire and of urban management
	handler                      *actor.Actor // of fire
	holder, standIn, neighbour   *actor.Actor // grid workers: of cell 2 and of cell 5
}

var tenOClock = time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)

func newTown(t testing.TB) *town {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	tx.Now = tenOClock
	return settle(t, ctx, tx)
}

// settle builds the town in a transaction.
func settle(t testing.TB, ctx context.Context, tx *pg.Tx) *town {
	t.Helper()
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
	t.dispatcher = t.person(fixture.As(actor.Dispatcher, fixture.Nanyuan, ""))
	t.lead = t.person(fixture.As(actor.DutyLead, fixture.Nanyuan, ""))
	t.supervisor = t.person(fixture.As(actor.Supervisor, fixture.District, ""))
	t.desk = t.person(fixture.As(actor.DepartmentDesk, fixture.District, fixture.Fire))
	t.urban = t.person(fixture.As(actor.DepartmentDesk, fixture.Nanyuan, fixture.Urban))
	t.handler = t.person(fixture.As(actor.Handler, fixture.District, fixture.Fire))
	t.holder = t.person(fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
	t.standIn = t.person(fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
	t.neighbour = t.person(fixture.As(actor.GridWorker, fixture.Nanyuan+"002", ""))
	fixture.DutyGrid(t, t.ctx, t.tx, []string{fixture.Cell(fixture.Nanyuan, 2)}, t.holder, t.standIn)
	fixture.DutyGrid(t, t.ctx, t.tx, []string{fixture.Cell(fixture.Nanyuan, 5)}, t.neighbour)
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

func (t *town) person(options ...fixture.PersonOption) *actor.Actor {
	t.Helper()
	a := fixture.Person(t, t.ctx, t.tx, options...)
	a.Mark = t.intake.Keys.MarkOf(a.ID)
	return a
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

// here is a satellite fix in the middle of a cell of Nanyuan, taken just now.
func (t *town) here(i int) geo.Position {
	lon, lat := fixture.Centre(fixture.Nanyuan, i)
	return geo.Position{Lon: lon, Lat: lat, Datum: geo.WGS84, Accuracy: 12, Source: geo.SourceGNSS, CapturedAt: t.tx.Now}
}

func photos(n int) []media.Declared {
	declared := make([]media.Declared, n)
	for i := range declared {
		declared[i] = media.Declared{ID: pg.NewID(), SHA256: make([]byte, 32)}
	}
	return declared
}

// reported is a clue in cell 2, by somebody; nobody in particular for actor.Anonymous.
func (t *town) reported(by *actor.Actor, category string) clue.Receipt {
	t.Helper()
	return done(t, by, t.intake.Submit, clue.Submission{ID: pg.NewID(), Text: "消防通道被货车堵住", Category: category, Position: t.here(2)})
}

func (t *town) standard(category string) uuid.UUID {
	t.Helper()
	rows, err := standard.ForCategory(t.ctx, t.tx, category)
	t.must(err)
	return rows[0].ID
}

func (t *town) filedFrom(c clue.Clue, category string) casework.Case {
	t.Helper()
	return done(t, t.dispatcher, casework.File, casework.FileInput{Target: clue.Target{Clue: c.ID}, Standard: t.standard(category)})
}

func (t *town) filed(category string) casework.Case {
	t.Helper()
	return t.filedFrom(t.reported(actor.Anonymous, category).Clue, category)
}

func of(c casework.Case) casework.Target { return casework.Target{Case: c.ID} }

// routes runs the case's routing, as the queue does.
func (t *town) routes(c casework.Case) casework.Case {
	t.Helper()
	fixture.Do(t.tx, actor.System("worker"), func() { t.must(casework.Route(t.ctx, t.tx, casework.RouteJob{Case: c.ID, Epoch: c.Epoch})) })
	return t.now(c)
}

func (t *town) routed() casework.Case {
	t.Helper()
	return t.routes(t.filed(fixture.BlockedExit))
}

func (t *town) working() casework.Case {
	t.Helper()
	return done(t, t.desk, casework.Accept, casework.AcceptInput{Target: of(t.routed()), Handler: t.handler.ID})
}

func (t *town) disposal(c casework.Case) casework.DisposalInput {
	at := t.here(2)
	return casework.DisposalInput{ID: pg.NewID(), Target: of(c), Text: "货车已驶离，通道畅通", Position: &at, Photos: photos(1)}
}

func (t *town) disposed() casework.Case {
	t.Helper()
	return done(t, t.handler, casework.ReportDisposal, t.disposal(t.working()))
}

func (t *town) checking() casework.Case {
	t.Helper()
	return done(t, t.desk, casework.SubmitForCheck, casework.NoteInput{Target: of(t.disposed())})
}

// seen has the check of a case answered by whoever was asked.
func (t *town) seen(c casework.Case, fixed bool) casework.Case {
	t.Helper()
	return done(t, t.holder, casework.AnswerCheck, casework.AnswerCheckInput{Task: t.check(c).ID, Fixed: fixed, Note: "到现场看过"})
}

func (t *town) closed() casework.Case {
	t.Helper()
	return done(t, t.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(t.seen(t.checking(), true)), Pass: true})
}

// now reads the case as it stands.
func (t *town) now(c casework.Case) (found casework.Case) {
	t.Helper()
	t.flush()
	fixture.Do(t.tx, actor.System("test"), func() {
		var err error
		found, err = casework.Get(t.ctx, t.tx, c.ID)
		t.must(err)
	})
	return found
}

func (t *town) flush() {
	t.Helper()
	t.must(t.tx.Flush(t.ctx))
}

// sound checks what must hold of clocks, deadlines and messages at every moment.
func (t *town) sound() {
	t.Helper()
	t.flush()
	violations, err := casework.CheckInvariants(t.ctx, t.tx)
	t.must(err)
	for _, v := range violations {
		t.Errorf("%s: %s %s %s", v.Invariant, v.Object, v.ID, v.Says)
	}
}

// check is the case's newest.
func (t *town) check(c casework.Case) casework.CheckTask {
	t.Helper()
	return last(t, c, casework.ChecksOf)
}

func (t *town) round(c casework.Case) casework.Round {
	t.Helper()
	return last(t, c, casework.RoundsOf)
}

// all reads something of a case, as the platform.
func all[T any](t *town, c casework.Case, read func(context.Context, *pg.Tx, []uuid.UUID) (map[uuid.UUID][]T, error)) (rows []T) {
	t.Helper()
	t.flush()
	fixture.Do(t.tx, actor.System("test"), func() {
		found, err := read(t.ctx, t.tx, []uuid.UUID{c.ID})
		t.must(err)
		rows = found[c.ID]
	})
	return rows
}

func last[T any](t *town, c casework.Case, read func(context.Context, *pg.Tx, []uuid.UUID) (map[uuid.UUID][]T, error)) T {
	t.Helper()
	rows := all(t, c, read)
	if len(rows) == 0 {
		t.Fatalf("there is none")
	}
	return rows[len(rows)-1]
}

// running are the stages whose clocks run, in alphabetical order.
func (t *town) running(c casework.Case) string {
	t.Helper()
	var stages []string
	for _, clock := range all(t, c, casework.ClocksOf) {
		if clock.StoppedAt == nil {
			stages = append(stages, string(clock.Stage))
		}
	}
	slices.Sort(stages)
	return strings.Join(stages, " ")
}

// runs checks which clocks run.
func (t *town) runs(c casework.Case, stages string) {
	t.Helper()
	if got := t.running(c); got != stages {
		t.Errorf("%q run in a case that is %s, want %q", got, c.State, stages)
	}
}

// timeline is the kinds of the case's events, in order.
func (t *town) timeline(c casework.Case) []string {
	t.Helper()
	t.flush()
	return t.texts(`select kind from case_events where case_id = $1 order by id`, c.ID)
}

// inbox is the kinds of somebody's messages, in order.
func (t *town) inbox(a *actor.Actor) []string {
	t.Helper()
	t.flush()
	return t.texts(`select kind from messages where person_id = $1 order by id`, a.ID)
}

// outcomes is what a reporter was told, in order.
func (t *town) outcomes(a *actor.Actor) []string {
	t.Helper()
	t.flush()
	return t.texts(`select coalesce(params->>'outcome', kind) from messages where mark = $1 order by id`, a.Mark)
}

func (t *town) texts(sql string, args ...any) []string {
	t.Helper()
	found, err := pg.Vals[string](t.ctx, t.tx, sql, args...)
	t.must(err)
	return found
}

func (t *town) exec(sql string, args ...any) {
	t.Helper()
	_, err := t.tx.Exec(t.ctx, sql, args...)
	t.must(err)
}

func (t *town) same(what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func (t *town) is(c casework.Case, state casework.State) {
	t.Helper()
	t.sound()
	if stored := t.now(c); c.State != state || stored.State != state || c.Version != stored.Version {
		t.Errorf("the case is %s (version %d), stored %s (version %d), want %s", c.State, c.Version, stored.State, stored.Version, state)
	}
}
