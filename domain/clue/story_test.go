package clue_test

import (
	"context"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/vault"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// town is the small city with its standards, ready to take reports.
type town struct {
	testing.TB
	ctx    context.Context
	tx     *pg.Tx
	intake *clue.Intake
	vault  vault.PrivateKey
}

func newTown(t testing.TB) *town {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	return settle(t, ctx, tx)
}

// under is the same town in a part of the test.
func (t *town) under(part testing.TB) *town {
	same := *t
	same.TB = part
	return &same
}

// settle builds the town in a transaction.
func settle(t testing.TB, ctx context.Context, tx *pg.Tx) *town {
	t.Helper()
	fixture.City(t, ctx, tx)
	fixture.Standards(t, ctx, tx)
	town := &town{TB: t, ctx: ctx, tx: tx}
	atlas, err := cell.LoadAtlas(ctx, tx)
	town.must(err)
	town.vault, err = vault.GenerateKey()
	town.must(err)
	town.intake = &clue.Intake{
		Atlas: func() *cell.Atlas { return atlas },
		Keys:  &vault.Keys{Seal: town.vault.Public(), Claim: []byte("claim key of thirty-two bytes ..."), Mark: []byte("mark key of thirty-two bytes ...")},
	}
	return town
}

func (t *town) must(err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// person is somebody in the town, with the mark that a session gives.
func (t *town) person(options ...fixture.PersonOption) *actor.Actor {
	t.Helper()
	a := fixture.Person(t, t.ctx, t.tx, options...)
	a.Mark = t.intake.Keys.MarkOf(a.ID)
	return a
}

func (t *town) dispatcher() *actor.Actor {
	t.Helper()
	return t.person(fixture.As(actor.Dispatcher, fixture.Nanyuan, ""))
}

// as runs a step with somebody acting.
func (t *town) as(a *actor.Actor, step func()) {
	t.Helper()
	fixture.Do(t.tx, a, step)
}

// here is a satellite fix in the middle of a street's i-th cell, taken just now.
func (t *town) here(street string, i int) geo.Position {
	lon, lat := fixture.Centre(street, i)
	return geo.Position{Lon: lon, Lat: lat, Datum: geo.WGS84, Accuracy: 12, Source: geo.SourceGNSS, CapturedAt: t.tx.Now}
}

// report is a submission that is in order.
func (t *town) report(change ...func(*clue.Submission)) clue.Submission {
	s := clue.Submission{ID: pg.NewID(), Text: "消防通道被货车堵住", Category: fixture.BlockedExit, Position: t.here(fixture.Nanyuan, 2)}
	for _, c := range change {
		c(&s)
	}
	return s
}

func (t *town) submit(s clue.Submission) clue.Receipt {
	t.Helper()
	receipt, err := t.intake.Submit(t.ctx, t.tx, s)
	t.must(err)
	return receipt
}

func (t *town) draft(who *actor.Actor, s clue.Submission) clue.Draft {
	t.Helper()
	d, err := t.intake.Draft(who, s)
	t.must(err)
	return d
}

// submitted is a report that was taken, anonymous unless somebody acts.
func (t *town) submitted(change ...func(*clue.Submission)) clue.Clue {
	t.Helper()
	return t.submit(t.report(change...)).Clue
}

func (t *town) reload(c clue.Clue) clue.Clue {
	t.Helper()
	var found clue.Clue
	t.as(actor.System("test"), func() {
		var err error
		found, err = clue.Get(t.ctx, t.tx, c.ID)
		t.must(err)
	})
	return found
}

// count counts rows after sending what was queued.
func (t *town) count(sql string, args ...any) int {
	t.Helper()
	t.must(t.tx.Flush(t.ctx))
	n, err := pg.Val[int](t.ctx, t.tx, sql, args...)
	t.must(err)
	return n
}

func (t *town) wantFault(err error, code, field string) {
	t.Helper()
	if e, ok := fault.As(err); !ok || e.Code != code || e.Field != field {
		t.Fatalf("got %v, want %s at %q", err, code, field)
	}
}

func in(d time.Duration) func(*clue.Submission) {
	return func(s *clue.Submission) { s.Position.CapturedAt = s.Position.CapturedAt.Add(d) }
}

func about(category string) func(*clue.Submission) {
	return func(s *clue.Submission) { s.Category = category }
}

func at(street string, i int) func(*clue.Submission) {
	return func(s *clue.Submission) { s.Position.Lon, s.Position.Lat = fixture.Centre(street, i) }
}

func saying(text string) func(*clue.Submission) {
	return func(s *clue.Submission) { s.Text = text }
}
