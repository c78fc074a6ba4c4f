package clue

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/escalation"
	"gridwork/domain/identity"
	"gridwork/domain/media"
	"gridwork/domain/notify"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/prose"
)

// TaskState is how far a verification has come.
type TaskState string

const (
	TaskOpen      TaskState = "open"
	TaskConfirmed TaskState = "confirmed" // 属实
	TaskRefuted   TaskState = "refuted"   // 不属实
	TaskCancelled TaskState = "cancelled" // decided without it
)

// TaskStates lists every state.
var TaskStates = []TaskState{TaskOpen, TaskConfirmed, TaskRefuted, TaskCancelled}

// VerifyTask asks a grid worker to look, before a case is filed, whether a clue is true 核实.
type VerifyTask struct {
	ID         uuid.UUID  `db:"id"`
	ClueID     uuid.UUID  `db:"clue_id"`
	Cell       string     `db:"cell"`
	Street     string     `db:"street"`
	AssigneeID *uuid.UUID `db:"assignee_id"`
	State      TaskState  `db:"state"`
	AskedBy    *uuid.UUID `db:"asked_by"`
	AskedAt    time.Time  `db:"asked_at"`
	DueAt      *time.Time `db:"due_at"`
	AnsweredAt *time.Time `db:"answered_at"`
	Note       *string    `db:"note"`
	Point      *geo.Point `db:"point"` // where the answer was given, WGS 84
}

// AskVerificationInput asks for a look on the spot.
type AskVerificationInput struct {
	Target
	// Assignee is a grid worker of the place; nil = whoever looks after the cell right now.
	Assignee *uuid.UUID
}

// AskVerification gives a clue to a grid worker to verify, and starts the clock of the answer. The clock of the
// decision runs on.
//
// Faults: those of Take; NOBODY_HOLDS_CELL, ASSIGNEE_NOT_POSSIBLE at "assignee".
func AskVerification(ctx context.Context, tx *pg.Tx, in AskVerificationInput) (Clue, error) {
	c, err := Take(ctx, tx, in.Target, DoAskVerification)
	if err != nil {
		return Clue{}, err
	}
	assignee, err := c.verifier(ctx, tx, in.Assignee)
	if err != nil {
		return Clue{}, fault.Under("assignee", err)
	}
	due, err := c.startVerifying(ctx, tx)
	if err != nil {
		return Clue{}, err
	}
	task := pg.NewID()
	var askedBy *uuid.UUID
	if tx.Actor.IsPerson() {
		askedBy = &tx.Actor.ID
	}
	if _, err := tx.Exec(ctx, insertTaskSQL, task, c.ID, c.Cell, c.Street, assignee, askedBy, tx.Now, due); err != nil {
		return Clue{}, fmt.Errorf("ask for verification: %w", err)
	}
	if c, err = c.move(ctx, tx, DoAskVerification); err != nil {
		return Clue{}, err
	}
	c.record(tx, "verify_asked", DoAskVerification, map[string]any{"task": task, "assignee": assignee})
	c.tell(tx, string(Verifying))
	params, err := c.params(ctx, tx)
	if err != nil {
		return Clue{}, err
	}
	params["due"] = due
	notify.Send(tx, notify.Message{Person: &assignee, Kind: notify.VerifyAsked, Urgent: c.Urgent, ClueID: &c.ID, Params: params})
	return c, nil
}

// verifier is the named grid worker, if one of the place, or whoever looks after the cell.
func (c Clue) verifier(ctx context.Context, tx *pg.Tx, named *uuid.UUID) (uuid.UUID, error) {
	if named == nil {
		holder, err := cell.HolderAt(ctx, tx, c.Cell, tx.Now)
		if err == nil && holder == nil {
			return uuid.Nil, fault.Conflict(CodeNobodyHolds, "nobody looks after this cell: name a grid worker")
		}
		if err != nil {
			return uuid.Nil, err
		}
		return *holder, nil
	}
	workers, err := identity.Holders(ctx, tx, actor.GridWorker, c.Cell, "")
	if err != nil {
		return uuid.Nil, err
	}
	if !slices.ContainsFunc(workers, func(p identity.Person) bool { return p.ID == *named }) {
		return uuid.Nil, fault.Invalid(CodeNotAGridWorker, "this person is no grid worker of the place")
	}
	return *named, nil
}

func (c Clue) startVerifying(ctx context.Context, tx *pg.Tx) (time.Time, error) {
	term, err := standard.StageTerm(ctx, tx, string(escalation.Verify), c.Urgent)
	if err != nil {
		return time.Time{}, err
	}
	return escalation.Start(ctx, tx, escalation.Clock{ClueID: &c.ID, Stage: escalation.Verify, Street: c.Street, Limit: term.Limit(),
		StandardVersion: &term.Version, Ladder: ladderOf(c.Urgent)})
}

// move takes a locked clue one step on without deciding it.
func (c Clue) move(ctx context.Context, tx *pg.Tx, do Action) (Clue, error) {
	to, err := Next(c.State, do)
	if err != nil {
		return Clue{}, err
	}
	c.State, c.Version = to, c.Version+1
	return c, c.write(ctx, tx)
}

// AnswerVerificationInput is what the grid worker found.
type AnswerVerificationInput struct {
	Task      uuid.UUID
	Confirmed bool
	Note      string
	Position  *geo.Position // where it was answered
	Photos    []media.Declared
}

// AnswerVerification takes the answer of the grid worker who was asked; the clue goes back to the dispatchers. The same
// answer again changes nothing: handhelds repeat what they did not hear back.
//
// Faults: TASK_NOT_FOUND at "task" for everybody else; ACTION_NOT_POSSIBLE when the task is over; TEXT_… at "note",
// those of geo.Position.Canonical below "position", of media.Declare below "photos".
func AnswerVerification(ctx context.Context, tx *pg.Tx, in AnswerVerificationInput) (VerifyTask, error) {
	point, err := in.accept()
	if err != nil {
		return VerifyTask{}, err
	}
	task, c, err := takeTask(ctx, tx, in.Task)
	if err != nil {
		return VerifyTask{}, err
	}
	answer := in.answered(task, point, tx.Now)
	if task.State == answer.State && *task.Note == *answer.Note {
		return task, nil
	}
	if task.State != TaskOpen {
		return VerifyTask{}, fault.Conflict(CodeNotPossible, "this verification is over")
	}
	if _, err := tx.Exec(ctx, answerTaskSQL, task.ID, answer.State, answer.AnsweredAt, answer.Note, answer.Point); err != nil {
		return VerifyTask{}, fmt.Errorf("answer verification: %w", err)
	}
	if err := media.Declare(ctx, tx, in.scene(c), in.Photos); err != nil {
		return VerifyTask{}, fault.Under("photos", err)
	}
	return answer, verified(ctx, tx, c, answer)
}

// accept cleans the note and converts the position.
func (in *AnswerVerificationInput) accept() (*geo.Point, error) {
	var err error
	if in.Note, err = prose.Clean("note", in.Note, maxReason); err != nil {
		return nil, err
	}
	if err := media.Check(in.Photos); err != nil {
		return nil, fault.Under("photos", err)
	}
	if in.Position == nil {
		return nil, nil
	}
	point, err := in.Position.Canonical()
	return &point, fault.Under("position", err)
}

func (in AnswerVerificationInput) scene(c Clue) media.Scene {
	return media.Scene{Subject: media.OfVerification, ID: in.Task, Place: &c.Point, ReachM: c.AccuracyM, Position: in.Position}
}

func (in AnswerVerificationInput) answered(task VerifyTask, point *geo.Point, now time.Time) VerifyTask {
	task.State = TaskRefuted
	if in.Confirmed {
		task.State = TaskConfirmed
	}
	task.AnsweredAt, task.Note, task.Point = &now, &in.Note, point
	return task
}

// takeTask locks the clue of a task that was given to whoever acts, then reads the task as it stands.
func takeTask(ctx context.Context, tx *pg.Tx, id uuid.UUID) (VerifyTask, Clue, error) {
	task, err := pg.One[VerifyTask](ctx, tx, taskSQL, id, tx.Actor.ID)
	if errors.Is(err, pgx.ErrNoRows) {
		return task, Clue{}, fault.NotFound(CodeUnknownTask, "no such verification").At("task")
	}
	if err != nil {
		return task, Clue{}, err
	}
	c, err := pg.One[Clue](ctx, tx, lockClueSQL, task.ClueID)
	if err != nil {
		return task, Clue{}, fmt.Errorf("lock clue: %w", err)
	}
	task, err = pg.One[VerifyTask](ctx, tx, taskSQL, id, tx.Actor.ID)
	return task, c, err
}

// verified writes what follows from an answer.
func verified(ctx context.Context, tx *pg.Tx, c Clue, task VerifyTask) error {
	c, err := c.move(ctx, tx, DoAnswerVerification)
	if err != nil {
		return err
	}
	escalation.Stop(tx, escalation.OfClue(c.ID), escalation.Verify)
	c.record(tx, "verified", DoAnswerVerification, map[string]any{"task": task.ID, "state": task.State})
	if task.AskedBy == nil {
		return nil
	}
	params, err := c.params(ctx, tx)
	if err != nil {
		return err
	}
	notify.Send(tx, notify.Message{Person: task.AskedBy, Kind: notify.VerifyAnswered, ClueID: &c.ID, Params: params})
	return nil
}

// Tasks are the open verifications of the signed-in grid worker, those asked first at the head.
func Tasks(ctx context.Context, tx *pg.Tx, page Page) (found []VerifyTask, more bool, err error) {
	start := Place{}
	if page.After != nil {
		start = *page.After
	}
	found, err = pg.All[VerifyTask](ctx, tx, tasksOfAssigneeSQL, tx.Actor.ID, start.At, start.ID, page.First+1)
	return pg.Page(found, page.First, err)
}

// TaskOf finds a verification whoever looks, for its photos: who may see those is for the caller to decide, by the clue.
// nil where there is none of that id.
func TaskOf(ctx context.Context, tx *pg.Tx, id uuid.UUID) (*VerifyTask, error) {
	task, err := pg.One[VerifyTask](ctx, tx, anyTaskSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return &task, err
}

// TasksOf returns the verifications of clues that the viewer may see, oldest first, by clue.
func TasksOf(ctx context.Context, tx *pg.Tx, clues []uuid.UUID) (map[uuid.UUID][]VerifyTask, error) {
	tasks, err := pg.All[VerifyTask](ctx, tx, tasksOfCluesSQL, clues)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID][]VerifyTask, len(clues))
	for _, task := range tasks {
		found[task.ClueID] = append(found[task.ClueID], task)
	}
	return found, nil
}
