package casework

import (
	"context"
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/clue"
	"gridwork/domain/escalation"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// ten o'clock on a working Wednesday, in Shenzhen.
var wednesday = time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)

// world is a small city with one of each whom the test ladder presses.
type world struct {
	*testing.T
	ctx                                         context.Context
	tx                                          *pg.Tx
	desk, handler, lead, supervisor, dispatcher *actor.Actor
}

// ladderOf publishes a ladder of dispose steps: percent, role, level, action.
func (w *world) ladderOf(steps ...escalation.Step) string {
	w.Helper()
	code := "test"
	if _, err := escalation.Publish(w.ctx, w.tx, escalation.Ladder{Code: code, NameZH: "测试", NameEN: "Test", Steps: steps}); err != nil {
		w.Fatal(err)
	}
	return code
}

func at(percent int, action escalation.Action, who ...escalation.Audience) escalation.Step {
	return escalation.Step{Clock: escalation.Dispose, Trigger: escalation.Trigger{Percent: percent}, Audience: who, Action: action, Quiet: escalation.Break}
}

var (
	theDesk       = escalation.Audience{Role: actor.DepartmentDesk, Level: escalation.Street, Department: escalation.OwnDepartment}
	theHandler    = escalation.Audience{Role: actor.Handler, Level: escalation.Named}
	theLead       = escalation.Audience{Role: actor.DutyLead, Level: escalation.Street}
	theSupervisor = escalation.Audience{Role: actor.Supervisor, Level: escalation.District}
	nobody        = escalation.Audience{Role: actor.Admin, Level: escalation.City}
)

func newWorld(t *testing.T, ctx context.Context, tx *pg.Tx) *world {
	t.Helper()
	fixture.City(t, ctx, tx)
	fixture.Standards(t, ctx, tx)
	tx.Now, tx.Actor = wednesday, actor.System("test")
	return &world{T: t, ctx: ctx, tx: tx,
		desk:       fixture.Person(t, ctx, tx, fixture.As(actor.DepartmentDesk, fixture.Nanyuan, fixture.Fire)),
		handler:    fixture.Person(t, ctx, tx, fixture.As(actor.Handler, fixture.District, fixture.Fire)),
		lead:       fixture.Person(t, ctx, tx, fixture.As(actor.DutyLead, fixture.Nanyuan, "")),
		supervisor: fixture.Person(t, ctx, tx, fixture.As(actor.Supervisor, fixture.District, "")),
		dispatcher: fixture.Person(t, ctx, tx, fixture.As(actor.Dispatcher, fixture.Nanyuan, "")),
	}
}

func begin(t *testing.T) *world {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	return newWorld(t, ctx, tx)
}

// pressedCase is a case in work whose dispose clock of ten urgent hours has just begun.
func (w *world) pressedCase(ladder string) uuid.UUID {
	w.Helper()
	id := pg.NewID()
	w.exec(`insert into cases (id, kind, state, round, version, level, epoch, category, urgent, priority, source, text, point, cell,
			street, standard_id, department, handler_id, restricted, clue_count, filed_at)
		select $1, 'event', 'working', 1, 1, 0, 0, category, urgent, 2, 'clue', '通道被堵', st_setsrid(st_makepoint(114.0505, 22.5405), 4326),
			$2, $3, id, department, $4, false, 1, $5 from filing_standards where category = $6`,
		id, fixture.Cell(fixture.Nanyuan, 0), fixture.Nanyuan, w.handler.ID, w.tx.Now, fixture.BlockedExit)
	w.exec(`insert into case_rounds (case_id, round, opened_at, opened_because, standard_version, ladder, ladder_version, returns, extensions,
			suspensions, reworks) values ($1, 1, $2, 'filed', 1, $3, 1, 0, 0, 0, 0)`, id, w.tx.Now, ladder)
	w.start(id, ladder, escalation.Dispose)
	return id
}

func (w *world) start(id uuid.UUID, ladder string, stage escalation.Stage) {
	w.Helper()
	fire := fixture.Fire
	if _, err := escalation.Start(w.ctx, w.tx, escalation.Clock{CaseID: &id, Round: 1, Stage: stage, Department: &fire, Street: fixture.Nanyuan,
		Limit: calendar.Limit{Number: 10, Unit: calendar.UrgentHour}, Ladder: ladder}); err != nil {
		w.Fatal(err)
	}
	w.flush()
}

func (w *world) exec(sql string, args ...any) {
	w.Helper()
	if _, err := w.tx.Exec(w.ctx, sql, args...); err != nil {
		w.Fatalf("%v\n%s", err, sql)
	}
}

func (w *world) flush() {
	w.Helper()
	if err := w.tx.Flush(w.ctx); err != nil {
		w.Fatal(err)
	}
}

// after moves the clock to so many hours after Wednesday, ten o'clock, and presses.
func (w *world) after(hours float64) int {
	w.Helper()
	w.tx.Now = wednesday.Add(time.Duration(hours * float64(time.Hour)))
	n, err := Press(w.ctx, w.tx, 100)
	if err != nil {
		w.Fatal(err)
	}
	w.flush()
	w.sound()
	return n
}

// sound fails the test if something holds that never may.
func (w *world) sound() {
	w.Helper()
	violations, err := CheckInvariants(w.ctx, w.tx)
	if err != nil {
		w.Fatal(err)
	}
	for _, v := range violations {
		w.Errorf("%+v", v)
	}
}

// fired are the details of a case's pressed events, oldest first.
func (w *world) fired(id uuid.UUID) []pressed {
	w.Helper()
	bodies, err := pg.Vals[json.RawMessage](w.ctx, w.tx, `select detail from case_events where case_id = $1 and kind = 'pressed' order by id`, id)
	if err != nil {
		w.Fatal(err)
	}
	list := make([]pressed, len(bodies))
	for i := range bodies {
		if err := json.Unmarshal(bodies[i], &list[i]); err != nil {
			w.Fatal(err)
		}
	}
	return list
}

func (w *world) told(who *actor.Actor) int {
	w.Helper()
	n, err := pg.Val[int](w.ctx, w.tx, `select count(*) from messages where person_id = $1`, who.ID)
	if err != nil {
		w.Fatal(err)
	}
	return n
}

func (w *world) level(id uuid.UUID) int {
	w.Helper()
	n, err := pg.Val[int](w.ctx, w.tx, `select level from cases where id = $1`, id)
	if err != nil {
		w.Fatal(err)
	}
	return n
}

func (w *world) wants(got, want int, what string) {
	w.Helper()
	if got != want {
		w.Errorf("%s: %d, want %d", what, got, want)
	}
}

func TestACaseAtTheLaddersSecondStepStillReachesTheThird(t *testing.T) {
	t.Parallel()
	w := begin(t)
	id := w.pressedCase(w.ladderOf(at(50, escalation.Remind, theDesk), at(80, escalation.RequireAcknowledgement, theLead), at(100, escalation.RedCard, theSupervisor)))
	w.wants(w.after(5), 1, "at 50 percent")
	w.wants(w.told(w.desk), 1, "the desk is told")
	w.wants(w.after(8), 1, "at 80 percent")
	w.wants(w.told(w.lead), 1, "the duty lead is told")
	w.wants(w.after(10), 1, "at 100 percent")
	w.wants(w.told(w.supervisor), 1, "the supervisor is told")
	w.wants(w.level(id), 3, "level")
	w.wants(w.after(100), 0, "at the top")
}

func TestAnEmptyAudienceDoesNotWait(t *testing.T) {
	t.Parallel()
	w := begin(t)
	id := w.pressedCase(w.ladderOf(at(50, escalation.Remind, nobody), at(80, escalation.Remind, nobody), at(100, escalation.SupervisionOrder, theLead), at(150, escalation.RedCard, theSupervisor)))
	w.wants(w.after(5), 3, "two empty steps and the one that somebody hears")
	w.wants(w.told(w.lead), 1, "the duty lead is told at once")
	w.wants(w.level(id), 3, "level")
	fired := w.fired(id)
	if fired[0].Told != 0 || fired[0].Brought || fired[1].Told != 0 || !fired[1].Brought || fired[2].Told != 1 || !fired[2].Brought {
		t.Errorf("events: %+v", fired)
	}
	w.wants(w.after(14.9), 0, "the steps that fired before their time do not fire again")
	w.wants(w.after(15), 1, "the step above fires in its own time")
}

func TestNobodyIsJudgedBeforeTheTimeHasRunOut(t *testing.T) {
	t.Parallel()
	w := begin(t)
	w.pressedCase(w.ladderOf(at(50, escalation.Remind, nobody), at(100, escalation.YellowCard, theLead)))
	w.wants(w.after(5), 1, "the empty step")
	w.wants(w.told(w.lead), 0, "a yellow card at half time")
	w.wants(w.after(10), 1, "the card in its own time")
	w.wants(w.told(w.lead), 1, "the duty lead is told")
}

func TestTheTopOfALadderMayBeDeserted(t *testing.T) {
	t.Parallel()
	w := begin(t)
	id := w.pressedCase(w.ladderOf(at(50, escalation.Remind, nobody)))
	w.wants(w.after(5), 1, "the only step")
	if fired := w.fired(id); len(fired) != 1 || fired[0].Told != 0 {
		t.Errorf("events: %+v", fired)
	}
}

func TestNothingFiresEarlyOrTwice(t *testing.T) {
	t.Parallel()
	w := begin(t)
	w.pressedCase(w.ladderOf(at(50, escalation.Remind, theDesk)))
	w.wants(w.after(5-1e-6), 0, "some milliseconds before")
	w.wants(w.after(5), 1, "at the moment")
	w.wants(w.after(5), 0, "at the same moment again")
	w.wants(w.after(4), 0, "when the clock is set back")
	w.wants(w.after(6), 0, "later")
	w.wants(w.told(w.desk), 1, "the desk is told")
}

func TestAfterAnOutageOnlyTheHighestDueStepFiresAndTheSkippedAreLogged(t *testing.T) {
	t.Parallel()
	w := begin(t)
	id := w.pressedCase(w.ladderOf(at(50, escalation.Remind, theDesk), at(80, escalation.Remind, theDesk), at(100, escalation.RedCard, theSupervisor), at(200, escalation.RedCard, theSupervisor)))
	w.wants(w.after(11), 1, "after the outage")
	w.wants(w.told(w.desk), 0, "late reminders")
	w.wants(w.told(w.supervisor), 1, "the supervisor is told")
	fired := w.fired(id)
	if len(fired) != 1 || fired[0].Step != 2 || len(fired[0].Missed) != 2 || fired[0].Missed[1].Step != 1 {
		t.Errorf("events: %+v", fired)
	}
	n, err := pg.Val[int](w.ctx, w.tx, `select count(*) from deadlines where case_id = $1 and state = 'missed'`, id)
	if err != nil || n != 2 {
		t.Errorf("%d deadlines are missed, %v", n, err)
	}
	w.wants(w.after(20), 1, "the step above")
}

func TestThe101stOverdueCaseEscalatesTooOldestFirst(t *testing.T) {
	t.Parallel()
	w := begin(t)
	ladder := w.ladderOf(at(50, escalation.Remind, theDesk))
	var ids []uuid.UUID
	for i := range 101 {
		w.tx.Now = wednesday.Add(-time.Duration(i) * time.Minute) // the newest first
		ids = append(ids, w.pressedCase(ladder))
	}
	w.wants(w.after(8), 100, "in one pass")
	w.wants(len(w.fired(ids[0])), 0, "the newest waits")
	w.wants(len(w.fired(ids[100])), 1, "the oldest is first")
	w.wants(w.after(8), 1, "in the next pass")
	w.wants(len(w.fired(ids[0])), 1, "the newest has its turn")
}

func TestASuspendedCaseIsNotPressed(t *testing.T) {
	t.Parallel()
	w := begin(t)
	id := w.pressedCase(w.ladderOf(at(50, escalation.Remind, theDesk)))
	w.tx.Now = wednesday.Add(4 * time.Hour)
	escalation.Freeze(w.tx, id)
	w.flush()
	w.exec(`update cases set state = 'suspended' where id = $1`, id)
	w.wants(w.after(30), 0, "while it is suspended")
	w.exec(`update cases set state = 'working' where id = $1`, id)
	if _, err := escalation.Resume(w.ctx, w.tx, id); err != nil {
		t.Fatal(err)
	}
	w.flush()
	w.wants(w.after(30.9), 0, "26 hours later than it would have been, less a moment")
	w.wants(w.after(31), 1, "26 hours later")
}

func TestTwoClocksOfOneCaseFireInOnePassAndTheLevelNeverFalls(t *testing.T) {
	t.Parallel()
	w := begin(t)
	raise := at(50, escalation.RaisePriority, theDesk)
	total := at(50, escalation.Remind, theLead)
	total.Clock = escalation.Total
	ladder := w.ladderOf(at(20, escalation.Remind, theDesk), raise, total)
	id := w.pressedCase(ladder)
	w.start(id, ladder, escalation.Total)
	w.wants(w.after(2), 1, "at 20 percent")
	w.wants(w.after(5), 2, "at 50 percent of both")
	w.wants(w.level(id), 2, "level")
	priority, err := pg.Val[int](w.ctx, w.tx, `select priority from cases where id = $1`, id)
	if err != nil || priority != 1 {
		t.Errorf("priority %d, %v", priority, err)
	}
}

func TestARepeatedStepNagsUntilItsTimesAreUsedUp(t *testing.T) {
	t.Parallel()
	w := begin(t)
	again := at(50, escalation.Remind, theDesk)
	again.Repeat = &escalation.Repeat{Percent: 10, Times: 2}
	w.pressedCase(w.ladderOf(again))
	for _, hours := range []float64{5, 6, 7, 8, 9} {
		w.after(hours)
	}
	w.wants(w.told(w.desk), 3, "the desk is told")
}

func TestTheNamedHandlerHearsOnlyWhileOnDuty(t *testing.T) {
	t.Parallel()
	w := begin(t)
	ladder := w.ladderOf(at(50, escalation.Remind, theHandler), at(80, escalation.Remind, theDesk))
	w.pressedCase(ladder)
	w.wants(w.after(5), 1, "the handler is on duty, in a district's roster")
	w.wants(w.told(w.handler), 1, "the handler is told")

	w.tx.Now = wednesday
	w.pressedCase(ladder)
	w.exec(`insert into absences (person_id, from_at, to_at) values ($1, $2, $3)`, w.handler.ID, wednesday, wednesday.Add(24*time.Hour))
	w.wants(w.after(5), 2, "an absent handler, and whoever comes next")
	w.wants(w.told(w.handler), 1, "the absent handler is left alone")
	w.wants(w.told(w.desk), 1, "the desk is told at once")
}

// undecided is a clue whose filing clock of one urgent hour has just begun.
func (w *world) undecided() uuid.UUID {
	w.Helper()
	id := pg.NewID()
	w.exec(`insert into clues (id, payload_hash, source, text, category, urgent, state, version, lon, lat, datum, accuracy_m, position_source,
			mocked, captured_at, point, cell, street, submitted_at)
		values ($1, '', 'anonymous', '通道被堵', $2, true, 'submitted', 1, 114.0505, 22.5405, 'wgs84', 5, 'gnss', false, $3,
			st_setsrid(st_makepoint(114.0505, 22.5405), 4326), $4, $5, $3)`,
		id, fixture.BlockedExit, w.tx.Now, fixture.Cell(fixture.Nanyuan, 0), fixture.Nanyuan)
	if _, err := escalation.Start(w.ctx, w.tx, escalation.Clock{ClueID: &id, Stage: escalation.File, Street: fixture.Nanyuan,
		Limit: calendar.Limit{Number: 1, Unit: calendar.UrgentHour}, Ladder: "urgent"}); err != nil {
		w.Fatal(err)
	}
	w.flush()
	return id
}

func TestAnUndecidedCluePressesTheDispatchers(t *testing.T) {
	t.Parallel()
	w := begin(t)
	id := w.undecided()
	w.wants(w.after(0.5), 1, "at 50 percent")
	w.wants(w.told(w.dispatcher), 1, "the dispatcher is told")
	w.wants(w.after(1), 1, "at 100 percent")
	w.wants(w.told(w.lead), 1, "the duty lead is told")
	n, err := pg.Val[int](w.ctx, w.tx, `select count(*) from clue_events where clue_id = $1 and kind = 'pressed' and deadline_id is not null`, id)
	if err != nil || n != 2 {
		t.Errorf("%d events, %v", n, err)
	}
}

func TestTheThirdClueBehindACasePresses(t *testing.T) {
	t.Parallel()
	w := begin(t)
	third := at(0, escalation.RaisePriority, theSupervisor)
	third.Trigger = escalation.Trigger{Event: &escalation.Event{Occasion: escalation.Merged, Count: 3}}
	id := w.pressedCase(w.ladderOf(at(50, escalation.Remind, theDesk), third))
	for told := range 2 {
		clueID := w.undecided()
		fixture.Do(w.tx, w.dispatcher, func() {
			if _, err := Merge(w.ctx, w.tx, MergeInput{Target: clue.Target{Clue: clueID}, Case: id}); err != nil {
				t.Fatal(err)
			}
		})
		w.flush()
		w.wants(w.told(w.supervisor), told, "the supervisor is told")
	}
	w.sound()
}

func TestAnOccasionPressesOnceInARound(t *testing.T) {
	t.Parallel()
	w := begin(t)
	second := at(0, escalation.SupervisionOrder, theSupervisor)
	second.Trigger = escalation.Trigger{Event: &escalation.Event{Occasion: escalation.Returned, Count: 2}}
	id := w.pressedCase(w.ladderOf(at(50, escalation.Remind, theDesk), second))
	for _, count := range []int{1, 2, 2} {
		if err := pressOn(w.ctx, w.tx, id, escalation.Event{Occasion: escalation.Returned, Count: count}); err != nil {
			t.Fatal(err)
		}
		w.flush()
	}
	w.sound()
	w.wants(w.told(w.supervisor), 1, "the supervisor is told")
	w.wants(w.after(5), 1, "the ladder stays where it was")
}

func TestAnOccasionsStepIsNotTakenForAStepOfAnotherLadder(t *testing.T) {
	t.Parallel()
	w := begin(t)
	second := at(0, escalation.SupervisionOrder, theSupervisor)
	second.Trigger = escalation.Trigger{Event: &escalation.Event{Occasion: escalation.Returned, Count: 2}}
	ladder := w.ladderOf(at(90, escalation.Remind, theDesk), second)
	id := w.pressedCase(ladder)
	early, late := at(10, escalation.Remind, theLead), at(20, escalation.Remind, theLead)
	early.Clock, late.Clock = escalation.Total, escalation.Total
	w.start(id, w.ladderOf(early, late), escalation.Total) // the next version: its second step is another one
	w.after(1)
	w.wants(w.after(2), 1, "the second step of the other ladder")
	if err := pressOn(w.ctx, w.tx, id, escalation.Event{Occasion: escalation.Returned, Count: 2}); err != nil {
		t.Fatal(err)
	}
	w.flush()
	w.sound()
	w.wants(w.told(w.supervisor), 1, "the supervisor is told")
}

func TestAStepMayCountFromTheLimitsEnd(t *testing.T) {
	t.Parallel()
	w := begin(t)
	before, after := at(0, escalation.Remind, theDesk), at(0, escalation.RedCard, theSupervisor)
	before.Trigger, after.Trigger = escalation.Trigger{Offset: offset(-90 * time.Minute)}, escalation.Trigger{Offset: offset(2 * time.Hour)}
	w.pressedCase(w.ladderOf(before, after))
	w.wants(w.after(8.499), 0, "earlier")
	w.wants(w.after(8.5), 1, "an hour and a half before the end")
	w.wants(w.told(w.desk), 1, "the desk is told")
	w.wants(w.after(11.9), 0, "after the end")
	w.wants(w.after(12), 1, "two hours after it")
	w.wants(w.told(w.supervisor), 1, "the supervisor is told")
}

func TestAStepThatIsNotArmedAnyMoreFiresUnderNoCircumstances(t *testing.T) {
	t.Parallel()
	w := begin(t)
	w.pressedCase(w.ladderOf(at(50, escalation.Remind, theDesk)))
	w.tx.Now = wednesday.Add(9 * time.Hour)
	due, _, err := claim(w.ctx, w.tx, 1)
	if err != nil || len(due) != 1 {
		t.Fatalf("%d claimed, %v", len(due), err)
	}
	climbs, err := planned(w.ctx, w.tx, due)
	if err != nil {
		t.Fatal(err)
	}
	w.exec(`update deadlines set state = 'cancelled', settled_at = $2 where id = $1`, due[0].DeadlineID, w.tx.Now)
	settle(w.tx, climbs)
	if err := w.tx.Flush(w.ctx); err == nil {
		t.Error("a cancelled deadline fired")
	}
}

// inState gives a case a state, and starts the clock that runs in it.
func (w *world) inState(id uuid.UUID, s State, stage escalation.Stage, ladder string) {
	w.Helper()
	w.exec(`update cases set state = $2, reported_at = $3 where id = $1`, id, s, w.tx.Now)
	w.exec(`insert into assignments (id, case_id, round, department, part, assigned_at, deemed) values ($1, $2, 1, $3, 'lead', $4, false)`,
		pg.NewID(), id, fixture.Fire, w.tx.Now)
	w.start(id, ladder, stage)
}

func (w *world) state(id uuid.UUID) State {
	w.Helper()
	s, err := pg.Val[State](w.ctx, w.tx, `select state from cases where id = $1`, id)
	if err != nil {
		w.Fatal(err)
	}
	return s
}

func silent(stage escalation.Stage, action escalation.Action) escalation.Step {
	s := at(100, action, theDesk)
	s.Clock = stage
	return s
}

func TestSilencePastTheAcceptClockCountsAsAcceptance(t *testing.T) {
	t.Parallel()
	w := begin(t)
	unaccepted := at(0, escalation.SupervisionOrder, theSupervisor)
	unaccepted.Trigger = escalation.Trigger{Event: &escalation.Event{Occasion: escalation.Unaccepted, Count: 1}}
	ladder := w.ladderOf(silent(escalation.Accept, escalation.DeemAccepted), at(150, escalation.Remind, theDesk), unaccepted)
	id := w.pressedCase(ladder)
	w.inState(id, Routed, escalation.Accept, ladder)
	w.wants(w.after(9.9), 0, "before the limit")
	w.wants(w.after(10), 1, "at the limit")
	if s := w.state(id); s != Working {
		t.Errorf("the case is %s", s)
	}
	w.wants(w.told(w.desk), 2, "the desk is told, and ordered to reply")
	w.wants(w.told(w.supervisor), 1, "the supervisor is told of a department that does not accept")
	w.wants(w.after(15), 1, "the disposal clock runs on")
}

func TestADeskThatKeepsADisposalToItselfDoesNotKeepItFromTheCheck(t *testing.T) {
	t.Parallel()
	w := begin(t)
	fixture.DutyGrid(t, w.ctx, w.tx, []string{fixture.Cell(fixture.Nanyuan, 0)},
		fixture.Person(t, w.ctx, w.tx, fixture.As(actor.GridWorker, fixture.Nanyuan, "")))
	checks := at(100, escalation.Remind, theLead)
	checks.Clock = escalation.Check
	ladder := w.ladderOf(silent(escalation.Quality, escalation.SubmitForCheck), at(200, escalation.Remind, theDesk), checks)
	id := w.pressedCase(ladder)
	w.inState(id, Reported, escalation.Quality, ladder)
	w.wants(w.after(10), 1, "at the limit")
	if s := w.state(id); s != Checking {
		t.Errorf("the case is %s", s)
	}
	w.wants(w.after(19.9), 1, "the check has a clock of its own")
}

func TestACaseThatCannotMoveOnDoesNotHoldUpTheOthers(t *testing.T) {
	t.Parallel()
	w := begin(t)
	checks := at(100, escalation.Remind, theLead)
	checks.Clock = escalation.Check
	ladder := w.ladderOf(silent(escalation.Quality, escalation.SubmitForCheck), at(200, escalation.Remind, theDesk), checks)
	broken, whole := w.pressedCase(ladder), w.pressedCase(ladder)
	w.inState(broken, Reported, escalation.Quality, ladder)
	w.inState(whole, Reported, escalation.Quality, ladder)
	w.exec(`delete from case_rounds where case_id = $1`, broken)
	w.wants(w.after(10), 1, "the one that is whole")
	if s := w.state(whole); s != Checking {
		t.Errorf("the whole case is %s", s)
	}
	if s := w.state(broken); s != Reported {
		t.Errorf("the broken case is %s", s)
	}
	n, err := pg.Val[int](w.ctx, w.tx, `select count(*) from audits where action = 'deadline.postpone'`)
	if err != nil || n != 1 {
		t.Errorf("%d audit rows of a deadline that was put off, %v", n, err)
	}
	w.wants(w.after(10), 0, "for a minute")
}

func TestOfARestrictedCaseOnlyItsReadersHear(t *testing.T) {
	t.Parallel()
	w := begin(t)
	id := w.pressedCase(w.ladderOf(at(50, escalation.Remind, theDesk), at(80, escalation.Remind, theLead), at(100, escalation.Remind, theSupervisor)))
	w.exec(`update cases set restricted = true where id = $1`, id)
	w.exec(`insert into case_readers (case_id, person_id) values ($1, $2)`, id, w.lead.ID)
	w.wants(w.after(5), 2, "a step that no reader hears, and one that the duty lead does")
	w.wants(w.told(w.desk), 0, "the desk is told")
	w.wants(w.told(w.lead), 1, "the duty lead is told")
}

// committed is a world whose rows stay, in a database of the test's own.
func committed(t *testing.T, fill func(*world)) *pg.DB {
	t.Helper()
	db := dbtest.DB(t)
	if err := db.Write(t.Context(), func(tx *pg.Tx) error {
		fill(newWorld(t, t.Context(), tx))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestTwoKeepersNeverFireTheSameStep(t *testing.T) {
	t.Parallel()
	const cases = 300
	db := committed(t, func(w *world) {
		ladder := w.ladderOf(at(50, escalation.Remind, theDesk), at(80, escalation.Remind, theLead))
		for range cases {
			w.pressedCase(ladder)
		}
	})
	var keepers sync.WaitGroup
	for range 4 {
		keepers.Go(func() {
			for {
				fired, err := pg.WriteVal(t.Context(), db, func(tx *pg.Tx) (int, error) {
					tx.Now = wednesday.Add(9 * time.Hour)
					return Press(t.Context(), tx, 7)
				})
				if err != nil {
					t.Error(err)
				}
				if fired == 0 || err != nil {
					return
				}
			}
		})
	}
	keepers.Wait()
	if err := db.Write(t.Context(), func(tx *pg.Tx) error {
		w := &world{T: t, ctx: t.Context(), tx: tx}
		tx.Now = wednesday.Add(9 * time.Hour)
		if _, err := Press(w.ctx, tx, cases); err != nil { // what the last ones skipped over, finding it locked
			return err
		}
		w.flush()
		w.sound()
		n, err := pg.Val[int](w.ctx, tx, `select count(*) from messages`)
		w.wants(n, cases, "messages")
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestClosingCancelsInTheSameTransaction(t *testing.T) {
	t.Parallel()
	var id uuid.UUID
	db := committed(t, func(w *world) { id = w.pressedCase(w.ladderOf(at(50, escalation.Remind, theDesk))) })
	press := func() int {
		n, err := pg.WriteVal(t.Context(), db, func(tx *pg.Tx) (int, error) {
			tx.Now = wednesday.Add(9 * time.Hour)
			return Press(t.Context(), tx, 10)
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	err := db.Write(t.Context(), func(tx *pg.Tx) error {
		w := &world{T: t, ctx: t.Context(), tx: tx}
		w.exec(`update cases set state = 'closed', epoch = epoch + 1 where id = $1`, id)
		w.wants(press(), 0, "while somebody is closing the case")
		escalation.StopAll(tx, escalation.OfCase(id))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := press(); n != 0 {
		t.Errorf("%d steps fired for a closed case", n)
	}
	if err := db.Read(t.Context(), func(tx *pg.Tx) error {
		(&world{T: t, ctx: t.Context(), tx: tx}).sound()
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
