package casework

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/escalation"
	"gridwork/domain/media"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/prose"
)

// SubmitForCheck hands a disposal on, from the department that is content with it to somebody who looks on the spot. The
// disposal clock stops here. Faults: those of take.
func SubmitForCheck(ctx context.Context, tx *pg.Tx, in NoteInput) (Case, error) {
	remark, err := prose.Clean("note", in.Note, noteMost)
	if err != nil {
		return Case{}, err
	}
	t, err := take(ctx, tx, in.Target, DoSubmitForCheck)
	if err != nil {
		return Case{}, err
	}
	return t.done(t.askCheck(ctx, tx, remark))
}

// SubmitBySilence hands disposals on whose desks kept silent past the quality clock: what has moved on meanwhile is left
// alone. The keeper calls it in its own transaction, as the platform.
func SubmitBySilence(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) error {
	silent, err := pg.All[Case](ctx, tx, lockCasesSQL, ids, Reported)
	if err != nil {
		return err
	}
	for _, c := range silent {
		t, err := stand(ctx, tx, c)
		if err != nil {
			return err
		}
		if err := t.turnTo(tx, DoSubmitForCheck); err != nil {
			return err
		}
		if err := t.askCheck(ctx, tx, ""); err != nil {
			return err
		}
	}
	return nil
}

// askCheck gives the check to somebody and carries out the row.
func (t *turn) askCheck(ctx context.Context, tx *pg.Tx, remark string) error {
	checker, err := t.checker(ctx, tx)
	if err != nil {
		return err
	}
	t.check = &CheckTask{ID: pg.NewID(), CaseID: t.ID, Round: t.Round, Cell: t.Cell, Street: t.Street, AssigneeID: checker,
		State: CheckOpen, AskedAt: tx.Now}
	if err := t.end(ctx, tx, map[string]any{"check": t.check.ID, "assignee": checker, "note": remark}); err != nil {
		return err
	}
	c := t.check
	if _, err := tx.Exec(ctx, insertCheckSQL, c.ID, c.CaseID, c.Round, c.Cell, c.Street, c.AssigneeID, c.AskedAt, c.DueAt); err != nil {
		return fmt.Errorf("insert check: %w", err)
	}
	return t.tellChecker(ctx, tx)
}

// tellChecker tells who was asked; where nobody could be, the dispatchers, who can ask somebody.
func (t *turn) tellChecker(ctx context.Context, tx *pg.Tx) error {
	if err := t.letRead(ctx, tx, t.check.AssigneeID); err != nil {
		return err
	}
	n := news{kind: notify.CheckAsked, params: map[string]any{"cell": t.Cell}}
	if t.check.DueAt != nil {
		n.params["due"] = *t.check.DueAt
	}
	if t.check.AssigneeID == nil {
		return t.tellDuty(ctx, tx, t.dispatchers(), n)
	}
	return t.tell(ctx, tx, []uuid.UUID{*t.check.AssigneeID}, n)
}

// AssignCheckInput gives a check to somebody else 改派核查.
type AssignCheckInput struct {
	Target
	Assignee *uuid.UUID // a grid worker of the place who did not fix it; nil: the nearest on duty now
}

// AssignCheck gives an unanswered check to another grid worker. The check's clock runs on.
//
// Faults: those of take; ASSIGNEE_NOT_POSSIBLE at "assignee".
func AssignCheck(ctx context.Context, tx *pg.Tx, in AssignCheckInput) (Case, error) {
	t, err := take(ctx, tx, in.Target, DoAssignCheck)
	if err != nil {
		return Case{}, err
	}
	if t.check.AssigneeID, err = t.otherChecker(ctx, tx, in.Assignee); err != nil {
		return Case{}, fault.Under("assignee", err)
	}
	if err := t.writeCheck(ctx, tx); err != nil {
		return Case{}, err
	}
	if err := t.end(ctx, tx, map[string]any{"check": t.check.ID, "assignee": t.check.AssigneeID}); err != nil {
		return Case{}, err
	}
	return t.done(t.tellChecker(ctx, tx))
}

func (t *turn) writeCheck(ctx context.Context, tx *pg.Tx) error {
	c := t.check
	if _, err := tx.Exec(ctx, updateCheckSQL, c.ID, c.AssigneeID, c.State, c.AnsweredAt, c.Fixed, c.Note, c.Point, c.DecidedBy, c.DecidedAt); err != nil {
		return fmt.Errorf("update check: %w", err)
	}
	return nil
}

// AnswerCheckInput is what the grid worker saw.
type AnswerCheckInput struct {
	Task     uuid.UUID
	Fixed    bool
	Note     string        // up to 2 000 characters
	Position *geo.Position // where it was answered
	Photos   []media.Declared
}

// AnswerCheck takes the evidence of the grid worker who was asked 核查反馈; dispatchers decide on it. The same answer again
// changes nothing: handhelds repeat what they did not hear back.
//
// Faults: TASK_NOT_FOUND at "task" where the viewer may not know of it; those of take; TEXT_… at "note", EVIDENCE_MISSING
// at "note" for an answer without a word or a photo; those of positions and photos below theirs.
func AnswerCheck(ctx context.Context, tx *pg.Tx, in AnswerCheckInput) (Case, error) {
	point, err := in.accept(tx)
	if err != nil {
		return Case{}, err
	}
	t, err := lockCheck(ctx, tx, in.Task)
	if err != nil {
		return Case{}, err
	}
	if t.check != nil && t.check.ID == in.Task && in.repeats(tx, *t.check) {
		return t.Case, nil
	}
	if t.check == nil || t.check.ID != in.Task {
		return Case{}, fault.Conflict("ACTION_NOT_POSSIBLE", "this check is over")
	}
	if err := t.turnTo(tx, DoAnswerCheck); err != nil {
		return Case{}, err
	}
	t.check.AnsweredAt, t.check.Fixed, t.check.Note, t.check.Point = now(tx), &in.Fixed, &in.Note, point
	if err := t.writeCheck(ctx, tx); err != nil {
		return Case{}, err
	}
	if err := media.Declare(ctx, tx, media.Scene{Subject: media.OfCheck, ID: in.Task, Place: &t.Point, Position: in.Position}, in.Photos); err != nil {
		return Case{}, fault.Under("photos", err)
	}
	if err := t.end(ctx, tx, map[string]any{"check": in.Task, "fixed": in.Fixed}); err != nil {
		return Case{}, err
	}
	return t.done(t.tellDuty(ctx, tx, t.dispatchers(), news{kind: notify.CheckAnswered}))
}

// accept cleans the note and finds the point.
func (in *AnswerCheckInput) accept(tx *pg.Tx) (*geo.Point, error) {
	var err error
	if in.Note, err = prose.Clean("note", in.Note, textMost); err != nil {
		return nil, err
	}
	if in.Note == "" && len(in.Photos) == 0 {
		return nil, fault.Invalid("EVIDENCE_MISSING", "say what you saw, or add a photo").At("note")
	}
	if err := media.Check(in.Photos); err != nil {
		return nil, fault.Under("photos", err)
	}
	point, err := Placed(in.Position, tx.Now)
	return point, fault.Under("position", err)
}

// repeats reports whether the check has this very answer, from whoever acts.
func (in AnswerCheckInput) repeats(tx *pg.Tx, c CheckTask) bool {
	return c.AnsweredAt != nil && deref(c.AssigneeID) == tx.Actor.ID && *c.Fixed == in.Fixed && *c.Note == in.Note
}

// lockCheck locks the case of a check.
func lockCheck(ctx context.Context, tx *pg.Tx, task uuid.UUID) (*turn, error) {
	unknown := fault.NotFound("TASK_NOT_FOUND", "no such check").At("task")
	id, err := pg.Val[uuid.UUID](ctx, tx, caseOfCheckSQL, task)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, unknown
	}
	if err != nil {
		return nil, err
	}
	t, err := lock(ctx, tx, Target{Case: id})
	if fault.Is(err, "CASE_NOT_FOUND") {
		return nil, unknown
	}
	return t, err
}

// DecideCheckInput is the dispatcher's decision on a check's evidence.
type DecideCheckInput struct {
	Target
	Pass bool   // the closing condition of the standard is met
	Note string // why, up to 500 characters
}

// DecideCheck closes the case, which stops every clock and tells the reporters, or lets it wait, on no clock, for children
// that are still open, the last of which closes it; or sends it back to its department,
// which counts as rework 返工 and starts the clocks of acceptance and disposal again.
//
// Faults: those of take; nothing is closed that the grid worker did not see fixed.
func DecideCheck(ctx context.Context, tx *pg.Tx, in DecideCheckInput) (Case, error) {
	why, err := prose.Clean("note", in.Note, noteMost)
	if err != nil {
		return Case{}, err
	}
	do, state := DoFail, CheckFailed
	if in.Pass {
		do, state = DoPass, CheckPassed
	}
	t, err := take(ctx, tx, in.Target, do)
	if err != nil {
		return Case{}, err
	}
	t.check.State, t.check.DecidedBy, t.check.DecidedAt = state, t.who(tx), now(tx)
	if err := t.writeCheck(ctx, tx); err != nil {
		return Case{}, err
	}
	detail := map[string]any{"check": t.check.ID, "note": why}
	if t.row.Waits {
		t.round.PassedAt = now(tx)
		return t.done(t.end(ctx, tx, detail))
	}
	if in.Pass {
		return t.done(t.close(ctx, tx, detail))
	}
	return t.done(t.rework(ctx, tx, detail))
}

func (t *turn) close(ctx context.Context, tx *pg.Tx, detail map[string]any) error {
	outcome := Closed
	if t.ParentID == nil { // what a reporter contests is the whole
		if err := t.pinWindow(ctx, tx); err != nil {
			return err
		}
	}
	t.ClosedAt, t.round.ClosedAt, t.round.Outcome = now(tx), now(tx), &outcome
	if err := t.pinOutcome(ctx, tx); err != nil {
		return err
	}
	departments, err := pg.Vals[string](ctx, tx, endAssignmentsSQL, t.ID, tx.Now, string(Closed))
	if err != nil {
		return fmt.Errorf("end assignments: %w", err)
	}
	if err := t.end(ctx, tx, detail); err != nil {
		return err
	}
	if err := t.tellWorkers(ctx, tx, t.leading(departments), deref(t.HandlerID), notify.CaseClosed, nil); err != nil {
		return err
	}
	if t.ParentID != nil {
		return t.tellParent(ctx, tx)
	}
	if err := t.tellReporters(ctx, tx, string(Closed)); err != nil {
		return err
	}
	return t.askRatings(ctx, tx)
}

// rework gives the case to the same departments again.
func (t *turn) rework(ctx context.Context, tx *pg.Tx, detail map[string]any) error {
	lead, handler := *t.Department, deref(t.HandlerID)
	departments, err := t.withdraw(ctx, tx, "reworked")
	if err != nil {
		return err
	}
	t.Department, t.DispatchedAt = &lead, now(tx)
	if err := t.assign(ctx, tx, lead, others(departments, lead)); err != nil {
		return err
	}
	t.round.Reworks++
	if err := t.end(ctx, tx, detail); err != nil {
		return err
	}
	if err := t.tellWorkers(ctx, tx, []string{lead}, handler, notify.CheckFailed, map[string]any{"due": *t.DueAt}); err != nil {
		return err
	}
	return pressOn(ctx, tx, t.ID, escalation.Event{Occasion: escalation.Reworked, Count: t.round.Reworks})
}

// tellWorkers tells the desks of the departments, and the handler.
func (t *turn) tellWorkers(ctx context.Context, tx *pg.Tx, departments []string, handler uuid.UUID, kind notify.Kind, params map[string]any) error {
	var people []uuid.UUID
	for _, department := range departments {
		desk, err := t.deskOf(department).onDuty(ctx, tx)
		if err != nil {
			return err
		}
		people = append(people, desk...)
	}
	if handler != uuid.Nil {
		people = append(people, handler)
	}
	return t.tell(ctx, tx, people, news{kind: kind, params: params})
}
