package casework_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/likeness"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// says submits a clue from a number of metres north of cell 2's middle, after a number of hours.
func (t *town) says(text string, metres float64, hours int, change ...func(*clue.Submission)) clue.Clue {
	t.Helper()
	t.tx.Now = tenOClock.Add(time.Duration(hours) * time.Hour)
	s := clue.Submission{ID: pg.NewID(), Text: text, Category: fixture.BlockedExit, Position: t.here(2)}
	s.Position.Lat += metres / 111_200
	for _, c := range change {
		c(&s)
	}
	return done(t, actor.Anonymous, t.intake.Submit, s).Clue
}

func under(category string) func(*clue.Submission) {
	return func(s *clue.Submission) { s.Category = category }
}

func (t *town) duplicates(c clue.Clue) []casework.Duplicate {
	t.Helper()
	return done(t, t.dispatcher, casework.Duplicates, []uuid.UUID{c.ID})[c.ID]
}

func TestWhatIsLikelyTheSameComesFirst(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	old := town.filedFrom(town.says("二楼疏散通道堆满纸箱", 0, 0), fixture.BlockedExit)
	near := town.says("二楼通道全是纸箱，人过不去", 30, 70)
	miscalled := town.says("疏散通道堆了好多纸箱子", 20, 70, under(fixture.Rubbish))
	other := town.says("楼下垃圾桶满了，苍蝇乱飞", 40, 70, under(fixture.Rubbish))
	town.says("二楼疏散通道堆满纸箱", 101, 70)
	over := town.filedFrom(town.says("二楼疏散通道堆满纸箱", 5, 70), fixture.BlockedExit)
	town.exec(`update cases set state = 'closed' where id = $1`, over.ID)
	this := town.says("二楼疏散通道被纸箱堵死", 0, 71)

	found := town.duplicates(this)
	at := func(d casework.Duplicate) int {
		return slices.Index([]uuid.UUID{near.ID, miscalled.ID, old.ID, other.ID, over.ID}, *cmpOr(d.Clue, d.Case))
	}
	var order []int
	for _, d := range found {
		order = append(order, at(d))
	}
	if len(order) < 3 || !slices.Equal(order[:3], []int{0, 2, 1}) || slices.Contains(order, 4) || slices.Contains(order, -1) {
		t.Fatalf("near, old, miscalled first; nothing that is over or too far: %v", order)
	}
	if d := found[0]; d.Metres < 29 || d.Metres > 31 || d.Apart != time.Hour || len(d.Why) != 4 {
		t.Errorf("%+v", d)
	}
}

func cmpOr[T any](a, b *T) *T {
	if a != nil {
		return a
	}
	return b
}

// A case is as old as what was said of it last, not as its filing.
func TestACaseThatGoesOnBeingReportedStaysComparable(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.filedFrom(town.says("二楼疏散通道堆满纸箱", 0, 0), fixture.BlockedExit)
	done(town, town.dispatcher, casework.Merge, casework.MergeInput{Target: clue.Target{Clue: town.says("通道还是堵着", 10, 60).ID}, Case: c.ID})
	found := town.duplicates(town.says("二楼通道被纸箱堵了", 0, 120))
	if len(found) != 1 || *found[0].Case != c.ID || found[0].Apart != 60*time.Hour {
		t.Errorf("%+v", found)
	}
	if found := town.duplicates(town.says("二楼通道被纸箱堵了", 0, 240)); slices.ContainsFunc(found, func(d casework.Duplicate) bool { return d.Case != nil }) {
		t.Errorf("120 hours after the last report: %+v", found)
	}
}

// Two hundred newer reports at the edge once hid the one next door.
func TestTheNearestAreComparedNotTheNewest(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	next := town.says("二楼疏散通道堆满纸箱", 1, 0)
	for i := range 60 {
		town.says("楼下共享单车乱停", 60+float64(i)/2, 1, under(fixture.Rubbish))
	}
	if found := town.duplicates(town.says("二楼疏散通道被纸箱堵死", 0, 2)); len(found) == 0 || found[0].Clue == nil || *found[0].Clue != next.ID {
		t.Errorf("%+v", found)
	}
}

func TestTheSamePictureInTwoReportsIsSaid(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	first, this := town.says("看照片", 0, 0), town.says("很危险", 50, 10)
	for i, c := range []clue.Clue{first, this} {
		town.exec(`insert into photos (id, subject, subject_id, position, state, fingerprint, declared_at) values ($1, 'clue', $2, 0, 'ready', $3, $4)`,
			pg.NewID(), c.ID, int64(-0x0F0F_0F0F_0F0F_0F0F+i), town.tx.Now)
	}
	found := town.duplicates(this)
	if len(found) != 1 || !slices.ContainsFunc(found[0].Why, func(r likeness.Reason) bool { return r.Aspect == likeness.Photo && r.Likeness == 1 }) {
		t.Errorf("%+v", found)
	}
}

func TestAnInspectionsFindingIsComparedByItsOwnWords(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.filedFrom(town.says("三楼疏散通道被堵", 0, 0), fixture.BlockedExit)
	town.exec(`update clues set case_id = null, state = 'submitted' where case_id = $1`, c.ID)
	town.exec(`update cases set source = $2 where id = $1`, c.ID, casework.FromInspection)
	town.exec(`update clues set state = 'not_filed' where state = 'submitted'`)
	if found := town.duplicates(town.says("三楼通道堵了", 0, 1)); len(found) != 1 || found[0].Case == nil || *found[0].Case != c.ID {
		t.Errorf("%+v", found)
	}
}

func TestDuplicatesAreForThoseWhoDecideOnTheClue(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.says("二楼疏散通道堆满纸箱", 0, 0)
	this := town.says("二楼疏散通道被纸箱堵死", 0, 1)
	stranger := town.person(fixture.As(actor.Dispatcher, fixture.Yuanling, ""))
	if found := done(town, stranger, casework.Duplicates, []uuid.UUID{this.ID}); len(found) != 0 {
		t.Errorf("another street: %+v", found)
	}
	town.filedFrom(this, fixture.BlockedExit)
	if found := town.duplicates(this); len(found) != 0 {
		t.Errorf("it is decided on: %+v", found)
	}
}
