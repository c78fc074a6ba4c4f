package safety_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/notify"
	"gridwork/domain/safety"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/town"
)

// shift is a town with more grid workers on duty than one step tells, from the west of Nanyuan to the east.
type shift struct {
	*town.Town
	workers []*actor.Actor // besides Worker (cell 2) and Neighbour (cell 5), those of cells 0, 1, 3, 4, 6 and 7
}

func newShift(t testing.TB) *shift {
	t.Helper()
	s := &shift{Town: town.New(t)}
	for _, cell := range []int{0, 1, 3, 4, 6, 7} {
		w := s.Person(actor.GridWorker, fixture.Nanyuan, "")
		fixture.DutyGrid(t, s.Ctx, s.Tx, []string{fixture.Cell(fixture.Nanyuan, cell)}, w)
		s.workers = append(s.workers, w)
	}
	return s
}

// calls is the worker's call for help from the middle of a cell.
func (s *shift) calls(cell int) safety.Alarm {
	s.Helper()
	at := s.At(cell)
	return town.Done(s.Town, s.Worker, safety.Raise, safety.RaiseInput{ID: pg.NewID(), Position: &at, CapturedAt: s.Tx.Now})
}

// press lets the keeper come by, until nothing is due any more.
func (s *shift) press() (fired int) {
	s.Helper()
	s.Must(s.Tx.Flush(s.Ctx))
	fixture.Do(s.Tx, actor.System("deadline keeper"), func() {
		n, err := safety.Press(s.Ctx, s.Tx, 100)
		s.Must(err)
		fired += n
	})
	s.Must(s.Tx.Flush(s.Ctx))
	return fired
}

// told takes who was told of an alarm since it was asked last, in the order of their names here.
func (s *shift) told(kind notify.Kind) (people []uuid.UUID) {
	s.Helper()
	s.Must(s.Tx.Flush(s.Ctx))
	people, err := pg.Vals[uuid.UUID](s.Ctx, s.Tx, `update messages set read_at = $2 where kind = $1 and read_at is null returning person_id`, kind, s.Tx.Now)
	s.Must(err)
	return people
}

func (s *shift) wantTold(when string, kind notify.Kind, want ...*actor.Actor) {
	s.Helper()
	got := s.told(kind)
	ids := make([]uuid.UUID, len(want))
	for i, a := range want {
		ids[i] = a.ID
	}
	less := func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) }
	slices.SortFunc(got, less)
	slices.SortFunc(ids, less)
	if !slices.Equal(got, ids) {
		s.Errorf("%s %d people were told, not the %d who should have been\n%v\n%v", when, len(got), len(ids), got, ids)
	}
}

func (s *shift) later(d time.Duration) int {
	s.Helper()
	s.Later(d)
	return s.press()
}

func (s *shift) sound() {
	s.Helper()
	found, err := casework.CheckInvariants(s.Ctx, s.Tx)
	s.Must(err)
	for _, v := range found {
		s.Errorf("%s: %s %s %s", v.Invariant, v.Object, v.ID, v.Says)
	}
}

func (s *shift) seen(who *actor.Actor) (open []safety.Alarm) {
	s.Helper()
	s.Must(s.Tx.Flush(s.Ctx))
	return town.Done(s.Town, who, safety.Open, "")
}
