package casework

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/escalation"
	"gridwork/domain/notify"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// Appeal 申诉 is a department's plea against a clock of its own that ran out late. The clock keeps its due time and its
// end, whatever becomes of the appeal; statistics leave out what was granted.
type Appeal struct {
	ID             uuid.UUID   `db:"id"`
	CaseID         uuid.UUID   `db:"case_id"`
	Round          int         `db:"round"`
	ClockID        uuid.UUID   `db:"clock_id"`
	Department     string      `db:"department"` // whose clock it is
	Grounds        string      `db:"grounds"`
	AskedBy        uuid.UUID   `db:"asked_by"`
	AskedAt        time.Time   `db:"asked_at"`
	FirstReviewer  *uuid.UUID  `db:"first_reviewer"`
	FirstDecision  *bool       `db:"first_decision"`
	FirstNote      *string     `db:"first_note"`
	FirstAt        *time.Time  `db:"first_at"`
	SecondReviewer *uuid.UUID  `db:"second_reviewer"` // another person
	SecondDecision *bool       `db:"second_decision"`
	SecondNote     *string     `db:"second_note"`
	State          AppealState `db:"state"`
	DecidedAt      *time.Time  `db:"decided_at"` // granted or refused
}

// AppealInput is a department's plea.
type AppealInput struct {
	Clock   uuid.UUID
	Grounds string // 1 to 2 000 characters
}

// AppealLateness asks for a clock that ran out late to be exempted: once for each clock, by the desk of the department
// whose clock it is, though the case may have left the department since; until the published window is over that opens
// when the clock stops.
//
// Faults: TEXT_MISSING at "grounds"; at "clock" CLOCK_NOT_FOUND for what the viewer cannot see, ACTION_NOT_YOURS,
// PARENT_ONLY for a child's, CLOCK_NOT_LATE, APPEALED_ALREADY, APPEAL_TOO_LATE, and STAGE_LIMIT_MISSING where no window is published.
func AppealLateness(ctx context.Context, tx *pg.Tx, in AppealInput) (Appeal, error) {
	grounds, err := prose.Some("grounds", in.Grounds, textMost)
	if err != nil {
		return Appeal{}, err
	}
	clock, t, err := lockClock(ctx, tx, in.Clock)
	if err == nil {
		err = t.mayAppeal(ctx, tx, clock)
	}
	if err != nil {
		return Appeal{}, fault.Under("clock", err)
	}
	a := Appeal{ID: pg.NewID(), CaseID: t.ID, Round: clock.Round, ClockID: clock.ID, Department: *clock.Department, Grounds: grounds,
		AskedBy: tx.Actor.ID, AskedAt: tx.Now, State: AppealAsked}
	if _, err := tx.Exec(ctx, insertAppealSQL, a.ID, a.CaseID, a.Round, a.ClockID, a.Department, a.Grounds, a.AskedBy, a.AskedAt); err != nil {
		return Appeal{}, fmt.Errorf("insert appeal: %w", err)
	}
	a.record(tx, t.Case, "lateness_appealed", map[string]any{"clock": clock.ID, "stage": clock.Stage, "department": a.Department})
	department, err := both(ctx, tx, a.Department)
	if err != nil {
		return Appeal{}, err
	}
	n := news{kind: notify.AppealAsked, calm: true, params: map[string]any{"department": department, "stage": clock.Stage}}
	return a, t.tellDuty(ctx, tx, t.supervisors(), n)
}

// lockClock finds a clock and locks its case. A department sees its own clocks of cases that have left it.
func lockClock(ctx context.Context, tx *pg.Tx, id uuid.UUID) (escalation.Clock, *turn, error) {
	clock, err := pg.One[escalation.Clock](ctx, tx, clockSQL, scoped(tx, id)...)
	if errors.Is(err, pgx.ErrNoRows) {
		return clock, nil, fault.NotFound("CLOCK_NOT_FOUND", "no such clock")
	}
	if err != nil {
		return clock, nil, err
	}
	t, err := lockBehind(ctx, tx, *clock.CaseID)
	if err != nil {
		return clock, nil, err
	}
	clock, err = pg.One[escalation.Clock](ctx, tx, clockSQL, scoped(tx, id)...) // as it stands now that nobody moves it
	return clock, t, err
}

func (t *turn) mayAppeal(ctx context.Context, tx *pg.Tx, clock escalation.Clock) error {
	if clock.Department == nil || !tx.Actor.As(actor.DepartmentDesk, clock.Street, *clock.Department) {
		return fault.Denied("ACTION_NOT_YOURS", "a department appeals against the lateness of its own clocks")
	}
	if t.ParentID != nil {
		return errParentOnly
	}
	if clock.Frozen() || !clock.DueAt.Before(orNow(clock.StoppedAt, tx.Now)) {
		return fault.Conflict("CLOCK_NOT_LATE", "this clock has not run out late")
	}
	again, err := pg.Val[bool](ctx, tx, appealedSQL, clock.ID)
	if err != nil {
		return err
	}
	if again {
		return fault.Conflict("APPEALED_ALREADY", "there is one appeal for each clock")
	}
	window, err := standard.StageLimit(ctx, tx, "appeal", t.Urgent)
	if err != nil || clock.StoppedAt == nil {
		return err
	}
	end, err := endOf(ctx, tx, window, *clock.StoppedAt)
	if err == nil && tx.Now.After(end) {
		err = fault.Conflict("APPEAL_TOO_LATE", "the time to appeal is over")
	}
	return err
}

func orNow(at *time.Time, now time.Time) time.Time {
	if at == nil {
		return now
	}
	return *at
}

// DecideAppealInput is what one reviewer says.
type DecideAppealInput struct {
	Appeal uuid.UUID
	Grant  bool
	Note   string // why, 1 to 500 characters
}

// DecideAppeal is a review of an appeal: two supervisors over the place have to agree for it to be granted, and neither
// has part in the department that asks; one who does not agree refuses it.
//
// Faults: TEXT_MISSING at "note"; APPEAL_NOT_FOUND at "appeal" for one of a case that the viewer cannot see, and there
// ACTION_NOT_YOURS, REVIEWER_NOT_INDEPENDENT, REVIEWER_TWICE, ACTION_NOT_POSSIBLE once it is decided.
func DecideAppeal(ctx context.Context, tx *pg.Tx, in DecideAppealInput) (Appeal, error) {
	why, err := prose.Some("note", in.Note, noteMost)
	if err != nil {
		return Appeal{}, err
	}
	a, t, err := lockAppeal(ctx, tx, in.Appeal)
	if err == nil {
		err = a.mayReview(tx.Actor, t.Case)
	}
	if err != nil {
		return Appeal{}, fault.Under("appeal", err)
	}
	event := a.review(tx, in.Grant, why)
	if _, err := tx.Exec(ctx, reviewAppealSQL, a.ID, a.FirstReviewer, a.FirstDecision, a.FirstNote, a.FirstAt, a.SecondReviewer,
		a.SecondDecision, a.SecondNote, a.State, a.DecidedAt); err != nil {
		return Appeal{}, fmt.Errorf("review appeal: %w", err)
	}
	a.record(tx, t.Case, event, map[string]any{"clock": a.ClockID, "note": why})
	if a.DecidedAt == nil {
		return a, nil
	}
	n := news{kind: notify.AppealDecided, calm: true, params: map[string]any{"decision": a.State}}
	return a, t.tellDuty(ctx, tx, t.deskOf(a.Department), n)
}

// lockAppeal finds an appeal and locks its case, then reads what others have said to it meanwhile.
func lockAppeal(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Appeal, *turn, error) {
	unknown := fault.NotFound("APPEAL_NOT_FOUND", "no such appeal")
	a, err := pg.One[Appeal](ctx, tx, appealSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return a, nil, unknown
	}
	if err != nil {
		return a, nil, err
	}
	t, err := lock(ctx, tx, Target{Case: a.CaseID})
	if fault.Is(err, "CASE_NOT_FOUND") {
		return a, nil, unknown
	}
	if err != nil {
		return a, nil, err
	}
	a, err = pg.One[Appeal](ctx, tx, appealSQL, id)
	return a, t, err
}

func (a Appeal) mayReview(who *actor.Actor, c Case) error {
	switch {
	case !who.As(actor.Supervisor, c.Street, ""):
		return fault.Denied("ACTION_NOT_YOURS", "supervisors review appeals")
	case a.AskedBy == who.ID, slices.ContainsFunc(who.Grants, func(g actor.Grant) bool { return g.Department == a.Department }):
		return fault.Denied("REVIEWER_NOT_INDEPENDENT", "nobody reviews an appeal of the own department")
	case a.State != AppealAsked && a.State != AppealSeconded:
		return fault.Conflict("ACTION_NOT_POSSIBLE", "this appeal is %s", a.State)
	case a.FirstReviewer != nil && *a.FirstReviewer == who.ID:
		return fault.Denied("REVIEWER_TWICE", "it takes another person")
	}
	return nil
}

// review puts in what a reviewer says, and names the event.
func (a *Appeal) review(tx *pg.Tx, grant bool, why string) (event string) {
	if a.State == AppealAsked {
		a.FirstReviewer, a.FirstDecision, a.FirstNote, a.FirstAt = &tx.Actor.ID, &grant, &why, now(tx)
	} else {
		a.SecondReviewer, a.SecondDecision, a.SecondNote = &tx.Actor.ID, &grant, &why
	}
	switch {
	case !grant:
		a.State, a.DecidedAt = AppealRefused, now(tx)
	case a.State == AppealAsked:
		a.State = AppealSeconded
	default:
		a.State, a.DecidedAt = AppealGranted, now(tx)
	}
	return "appeal_" + string(a.State)
}

// record writes into the timeline, and into the audit log. The case itself stays as it is, its version too: whoever is
// about to act on it need not know of appeals.
func (a Appeal) record(tx *pg.Tx, c Case, event string, detail map[string]any) {
	c.Round = a.Round
	detail["appeal"] = a.ID
	note(tx, c, event, detail)
	audit.Record(tx, "appeal."+string(a.State), "appeal", a.ID.String(), map[string]any{"case": a.CaseID, "clock": a.ClockID})
}
