package casework_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// child is the last one of a case.
func (t *town) child(parent casework.Case) casework.Case {
	t.Helper()
	return last(t, parent, casework.ChildrenOf)
}

// joint is a case that fire leads and urban management assists in.
func (t *town) joint() (parent, child casework.Case) {
	t.Helper()
	parent = done(t, t.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(t.routes(t.filed(fixture.TreeOvergrow))),
		Department: fixture.Fire, Assisting: []string{fixture.Urban}})
	return parent, t.child(parent)
}

// readyToClose goes on from an acceptance until the case is to be decided on; desks dispose themselves.
func (t *town) readyToClose(c casework.Case, desk *actor.Actor) casework.Case {
	t.Helper()
	c = done(t, desk, casework.Accept, casework.AcceptInput{Target: of(c), Handler: desk.ID})
	c = done(t, desk, casework.ReportDisposal, t.disposal(c))
	c = done(t, desk, casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
	return t.seen(c, true)
}

func (t *town) pass(c casework.Case) casework.Case {
	t.Helper()
	return done(t, t.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(c), Pass: true})
}

// endsBy lets a duty lead ask and a supervisor grant.
func (t *town) endsBy(c casework.Case, kind casework.RequestKind) casework.Case {
	t.Helper()
	done(t, t.lead, casework.Ask, casework.AskInput{Target: of(c), Kind: kind, Reason: "两人决定"})
	return done(t, t.supervisor, casework.DecideRequest, casework.DecideRequestInput{Target: of(c), Kind: kind, Grant: true})
}

func TestEachAssistingDepartmentGetsACaseOfItsOwnAtOnce(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	volunteer := town.person(fixture.As(actor.Volunteer, fixture.CityCode, ""))
	c := town.filedFrom(town.reported(volunteer, fixture.TreeOvergrow).Clue, fixture.TreeOvergrow)
	c = done(town, town.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(c), Department: fixture.Fire, Assisting: []string{fixture.Urban}})
	child := town.child(c)
	town.is(child, casework.Routed)
	town.runs(child, "accept dispose total")
	if child.Reference() != c.Reference()+"-1" || *child.Department != fixture.Urban || *child.ParentID != c.ID || child.Text != c.Text || child.ClueCount != 0 {
		t.Errorf("child of %s: %+v", c.Reference(), child)
	}
	if r := town.round(child); *r.Ladder != "standard" || r.LadderVersion == nil || r.OpenedBecause != casework.BecauseAssisting {
		t.Errorf("its round: %+v", r)
	}
	// Urban management has a row of the standard for overgrown trees: seven calendar days; the parent is held to the same.
	if own := town.texts(`select detail->>'own_limit' from case_events where case_id = $1`, child.ID); own[0] != "true" {
		t.Errorf("whose limit: %v", own)
	}
	town.same("its timeline", town.timeline(child), []string{"child_opened"})
	town.same("the lead's desk", town.inbox(town.desk), []string{"case_assigned"})
	town.same("the assisting desk", town.inbox(town.urban), []string{"case_assigned"})
	town.same("the reporter", town.outcomes(volunteer), []string{"filed"})
	if said := town.texts(`select params->>'number' from messages where person_id = $1`, town.urban.ID); said[0] != child.Reference() {
		t.Errorf("the desk hears of %v", said)
	}
	if a := all(town, c, casework.AssignmentsOf); len(a) != 2 || a[0].Part != casework.Lead || a[1].Part != casework.Assisting || a[1].Department != fixture.Urban {
		t.Errorf("assignments: %+v", a)
	}

	// A department without a row of its own is held to the parent's limit, and it is said.
	done(town, town.dispatcher, casework.AddAssisting, casework.AssistInput{Target: of(c), Department: fixture.Safety, Note: "脚手架"})
	second := town.child(c)
	if own := town.texts(`select detail->>'own_limit' from case_events where case_id = $1`, second.ID); second.ChildNumber != 2 || own[0] != "false" {
		t.Errorf("the second: %+v, %v", second, own)
	}
}

func TestTheRulesNameAssistingDepartmentsToo(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.exec(`update routing_rules set outcome = outcome || '{"assisting": ["urban_management"]}' where code = 'R0801'`)
	c := town.routed()
	child := town.child(c)
	town.is(child, casework.Routed)
	if r := town.round(child); *r.RuleSetVersion != 1 || len(r.Trace) != 1 || *r.Ladder != "urgent" {
		t.Errorf("the child's round: %+v", r)
	}
}

func TestAParentWaitsForItsChildrenAndClosesWithTheLastOne(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	volunteer := town.person(fixture.As(actor.Volunteer, fixture.CityCode, ""))
	c := town.filedFrom(town.reported(volunteer, fixture.TreeOvergrow).Clue, fixture.TreeOvergrow)
	c = done(town, town.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(c), Department: fixture.Fire, Assisting: []string{fixture.Urban, fixture.Safety}})
	children := all(town, c, casework.ChildrenOf)

	c = town.pass(town.readyToClose(c, town.desk))
	town.is(c, casework.Checking)
	town.runs(c, "")
	if r := town.round(c); r.PassedAt == nil || r.ClosedAt != nil {
		t.Errorf("its own part has passed: %+v", r)
	}
	_, err := as(town, town.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(c), Pass: true})
	town.refused("closed while it waits", err, "ACTION_NOT_POSSIBLE", "")

	urban := town.pass(town.readyToClose(children[0], town.urban))
	town.is(urban, casework.Closed)
	town.is(town.now(c), casework.Checking)
	town.endsBy(children[1], casework.Voiding)
	c = town.now(c)
	town.is(c, casework.Closed)
	town.same("timeline", town.timeline(c), []string{"filed", "routed", "accepted", "disposal_reported", "check_asked", "check_answered",
		"own_part_passed", "child_over", "child_over", "closed"})
	town.same("the reporter hears of the parent only, once", town.outcomes(volunteer), []string{"filed", "closed", "rating_asked"})
	if role := town.texts(`select actor_role from case_events where case_id = $1 and kind = 'closed'`, c.ID); role[0] != "system: joint case" {
		t.Errorf("closed by %s", role)
	}
	if c.ContestableUntil == nil || urban.ContestableUntil != nil {
		t.Error("the whole is contested, not a child")
	}
	_, err = as(town, town.supervisor, casework.Reopen, casework.NoteInput{Target: of(urban), Note: "未修好"})
	town.refused("a child reopened alone", err, "ACTION_NOT_POSSIBLE", "")

	// The next round is routed afresh: its children come from that dispatch, and the old ones stay with their round.
	c = done(town, town.supervisor, casework.Reopen, casework.NoteInput{Target: of(c), Note: "未修好"})
	done(town, town.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(c), Department: fixture.Urban, Assisting: []string{fixture.Fire}})
	if again := town.child(c); again.ChildNumber != 3 || *again.ParentRound != 2 {
		t.Errorf("the child of the second round: %+v", again)
	}
	town.is(town.now(urban), casework.Closed)
}

func TestWhatClosesBeforeTheParentStaysClosed(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c, child := town.joint()
	town.is(town.pass(town.readyToClose(child, town.urban)), casework.Closed)
	town.is(town.now(c), casework.Routed)
	c = town.pass(town.readyToClose(c, town.desk))
	town.is(c, casework.Closed)
	town.same("the assisting desk", town.inbox(town.urban)[:1], []string{"case_assigned"})
	done(town, town.urban, casework.Get, c.ID) // whoever has helped still reads it
}

func TestWhatEndsTheParentEndsItsOpenChildren(t *testing.T) {
	t.Parallel()
	for kind, outcome := range map[casework.RequestKind]casework.State{casework.Voiding: casework.Voided, casework.ForcedClosing: casework.ForceClosed} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			town := newTown(t)
			c, child := town.joint()
			town.is(town.endsBy(c, kind), outcome)
			child = town.now(child)
			town.is(child, outcome)
			town.same("the assisting desk hears once", town.inbox(town.urban), []string{"case_assigned", "case_ended"})
			town.same("the child's timeline", town.timeline(child), []string{"child_opened", string(outcome)})
		})
	}
}

func TestARecallOfTheParentEndsTheChildrenOfThatDispatch(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c, child := town.joint()
	c = done(town, town.dispatcher, casework.Recall, casework.NoteInput{Target: of(c), Note: "派错了"})
	town.is(c, casework.Filed)
	town.is(town.now(child), casework.Voided)
	town.same("the assisting desk", town.inbox(town.urban), []string{"case_assigned", "case_ended"})
	done(town, town.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(c), Department: fixture.Fire, Assisting: []string{fixture.Urban}})
	if again := town.child(c); again.ChildNumber != 2 {
		t.Errorf("the next dispatch has a child of its own: %+v", again)
	}
	town.sound()
}

func TestAReturnOfTheLeadLeavesTheChildrenAndOfAChildTheParent(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c, child := town.joint()
	done(town, town.desk, casework.RequestReturn, casework.ReturnInput{Target: of(c), Basis: "职责清单", Proposed: fixture.Safety})
	c = done(town, town.dispatcher, casework.DecideReturn, casework.DecideReturnInput{Target: of(c), Uphold: true})
	town.is(c, casework.Routed)
	if open := all(town, c, casework.ChildrenOf); len(open) != 1 || town.now(child).State != casework.Routed {
		t.Errorf("children after the lead has changed: %+v", open)
	}

	_, err := as(town, town.urban, casework.RequestReturn, casework.ReturnInput{Target: of(child), Basis: "职责清单", Proposed: fixture.Safety})
	town.refused("to whoever leads", err, "DEPARTMENT_HAS_PART", "proposed")
	done(town, town.urban, casework.RequestReturn, casework.ReturnInput{Target: of(child), Basis: "职责清单", Proposed: fixture.Fire})
	child = done(town, town.dispatcher, casework.DecideReturn, casework.DecideReturnInput{Target: of(child), Uphold: true})
	town.is(child, casework.Routed)
	parts := town.texts(`select part || ' ' || department from assignments where case_id = $1 and ended_at is null order by part desc`, c.ID)
	town.same("who has part in the parent", parts, []string{"lead safety_supervision", "assisting fire"})

	// A lead that turns out to be whoever assists has no part beside its own.
	done(town, town.person(fixture.As(actor.DepartmentDesk, fixture.Nanyuan, fixture.Safety)), casework.RequestReturn,
		casework.ReturnInput{Target: of(c), Basis: "职责清单", Proposed: fixture.Fire})
	done(town, town.lead, casework.DecideReturn, casework.DecideReturnInput{Target: of(c), Uphold: true})
	town.is(town.now(child), casework.Voided)
}

// A department that got a part of its own, after it was proposed and before that was decided, needs no second one.
func TestAReturnedChildIsOverWhenItsNextOwnerHasAPartByThen(t *testing.T) {
	t.Parallel()
	for who, takesPart := range map[string]func(*town, casework.Case){
		"assists": func(town *town, c casework.Case) {
			done(town, town.dispatcher, casework.AddAssisting, casework.AssistInput{Target: of(c), Department: fixture.Safety})
		},
		"leads": func(town *town, c casework.Case) {
			done(town, town.desk, casework.RequestReturn, casework.ReturnInput{Target: of(c), Basis: "职责清单", Proposed: fixture.Safety})
			done(town, town.dispatcher, casework.DecideReturn, casework.DecideReturnInput{Target: of(c), Uphold: true})
		},
	} {
		t.Run(who, func(t *testing.T) {
			t.Parallel()
			town := newTown(t)
			c, child := town.joint()
			child = done(town, town.urban, casework.RequestReturn, casework.ReturnInput{Target: of(child), Basis: "职责清单", Proposed: fixture.Safety})
			takesPart(town, c)
			child = town.decides(town.now(child), town.dispatcher, true)
			town.is(child, casework.Voided)
			town.same("the child's timeline", town.timeline(child)[2:], []string{"return_upheld", "voided"})
			parts := town.texts(`select department from assignments where case_id = $1 and ended_at is null and department in ($2, $3)`,
				c.ID, fixture.Safety, fixture.Urban)
			town.same("who has part in the parent", parts, []string{fixture.Safety})
			town.is(town.now(c), casework.Routed)
			town.sound()
		})
	}
}

func TestWhatIsTheParentsIsRefusedToAChild(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c, child := town.joint()
	merging := town.reported(actor.Anonymous, fixture.TreeOvergrow).Clue
	_, err := as(town, town.dispatcher, casework.Merge, casework.MergeInput{Target: clue.Target{Clue: merging.ID}, Case: child.ID})
	town.refused("a clue merged into a child", err, "PARENT_ONLY", "case")
	found := done(town, town.dispatcher, casework.Duplicates, []uuid.UUID{merging.ID})
	for _, d := range found[merging.ID] {
		if d.Case != nil && *d.Case == child.ID {
			t.Error("a child is no duplicate")
		}
	}
	_, err = as(town, town.dispatcher, casework.AddAssisting, casework.AssistInput{Target: of(child), Department: fixture.Safety})
	town.refused("a child of a child", err, "ACTION_NOT_POSSIBLE", "")
	_, err = as(town, town.dispatcher, casework.AddAssisting, casework.AssistInput{Target: of(c), Department: fixture.Urban})
	town.refused("assisting twice", err, "DEPARTMENT_HAS_PART", "department")
	_, err = as(town, town.dispatcher, casework.AddAssisting, casework.AssistInput{Target: of(c), Department: fixture.Fire})
	town.refused("the lead as help", err, "DEPARTMENT_HAS_PART", "department")
	_, err = as(town, town.dispatcher, casework.AddAssisting, casework.AssistInput{Target: of(c), Department: "police"})
	town.refused("no such help", err, "DEPARTMENT_UNKNOWN", "department")
	_, err = as(town, town.desk, casework.AddAssisting, casework.AssistInput{Target: of(c), Department: fixture.Safety})
	town.refused("by the lead's desk", err, "ACTION_NOT_YOURS", "")

	child = done(town, town.dispatcher, casework.Recall, casework.NoteInput{Target: of(child), Note: "另派"})
	_, err = as(town, town.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(child), Department: fixture.Safety, Assisting: []string{fixture.Urban}})
	town.refused("help for a child", err, "PARENT_ONLY", "assisting")
	_, err = as(town, town.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(child), Department: fixture.Fire})
	town.refused("a child for the lead", err, "DEPARTMENT_HAS_PART", "department")
	child = done(town, town.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(child), Department: fixture.Safety})
	town.is(child, casework.Routed)

	town.tx.Now = town.tx.Now.Add(30 * 24 * time.Hour)
	clock := town.texts(`select id::text from clocks where case_id = $1 and stage = 'dispose' and stopped_at is null`, child.ID)
	safety := town.person(fixture.As(actor.DepartmentDesk, fixture.Nanyuan, fixture.Safety))
	_, err = as(town, safety, casework.AppealLateness, casework.AppealInput{Clock: uuid.MustParse(clock[0]), Grounds: "台风"})
	town.refused("an appeal about a child", err, "PARENT_ONLY", "clock")
}

func TestWhoeverHelpsSeesWhatIsTheirs(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c, child := town.joint()
	other := done(town, town.dispatcher, casework.AddAssisting, casework.AssistInput{Target: of(c), Department: fixture.Safety})
	urbanHandler := town.person(fixture.As(actor.Handler, fixture.Nanyuan, fixture.Urban))
	done(town, town.urban, casework.Accept, casework.AcceptInput{Target: of(child), Handler: urbanHandler.ID})
	for name, s := range map[string]struct {
		who  *actor.Actor
		want int
	}{"lead's desk": {town.desk, 0}, "assisting desk": {town.urban, 1}, "its handler": {urbanHandler, 1}, "dispatcher": {town.dispatcher, 2}} {
		found := done(town, s.who, casework.ChildrenOf, []uuid.UUID{c.ID})
		if len(found[c.ID]) != s.want {
			t.Errorf("%s sees %d children of %s, want %d", name, len(found[c.ID]), other.Reference(), s.want)
		}
	}
}

// A parent that passes while its last child does, in transactions of their own: whoever comes second closes it, once.
func TestParentAndLastChildThatEndAtOnceCloseOnce(t *testing.T) {
	t.Parallel()
	for range 3 {
		var child casework.Case
		db, town, c := committed(t, func(t *town) casework.Case {
			var parent casework.Case
			parent, child = t.joint()
			child = t.readyToClose(child, t.urban)
			return t.readyToClose(parent, t.desk)
		})
		pass := func(c casework.Case) func(context.Context, *pg.Tx) error {
			return by(town.dispatcher, func(ctx context.Context, tx *pg.Tx) error {
				_, err := casework.DecideCheck(ctx, tx, casework.DecideCheckInput{Target: of(c), Pass: true})
				return err
			})
		}
		voids := by(town.supervisor, func(ctx context.Context, tx *pg.Tx) error {
			_, err := casework.DecideRequest(ctx, tx, casework.DecideRequestInput{Target: of(child), Kind: casework.Voiding, Grant: true})
			return err
		})
		press := func(ctx context.Context, tx *pg.Tx) error {
			tx.Actor, tx.Now = actor.System("deadline keeper"), tx.Now.Add(1000*time.Hour)
			_, err := casework.Press(ctx, tx, 10)
			return err
		}
		atOnce(t, db, pass(c), press, pass(child), voids, press, pass(c), pass(child))
		_ = db.Read(t.Context(), func(tx *pg.Tx) error {
			end := *town
			end.tx = tx
			end.is(end.now(c), casework.Closed)
			end.is(end.now(child), casework.Closed)
			closings := 0
			for _, kind := range end.timeline(c) {
				if kind == "closed" {
					closings++
				}
			}
			if closings != 1 {
				t.Errorf("closed %d times: %v", closings, end.timeline(c))
			}
			return nil
		})
	}
}
