package inspection

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/audit"
	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// clockAhead is how far a handheld's clock may run ahead before a position from "the future" is refused.
const clockAhead = 5 * time.Minute

// JobFile is the outbox kind that asks for a case to be made of a finding; its payload is a FileJob.
const JobFile = "finding.file"

// FileJob names the finding.
type FileJob struct {
	Finding uuid.UUID `json:"finding"`
}

// Submission is an answered checklist as it comes in.
type Submission struct {
	ID       uuid.UUID // UUIDv7, made by the client: the key under which a repetition is recognised
	Task     uuid.UUID
	Answers  []Answer // one for each item of the campaign's checklist that is asked, but for those that may be left out
	Position geo.Position
	Photos   []media.Declared // up to 9
	Floors   []int            // of the building, that were walked; the ground floor is 1, the first below it -1
}

// Pictures are its photos, those that an answer says are signatures sealed.
func (s Submission) Pictures() []media.Declared {
	sealed := slices.Clone(s.Photos)
	for i := range sealed {
		sealed[i].Sealed = slices.ContainsFunc(s.Answers, func(a Answer) bool { return a.Signature != nil && *a.Signature == sealed[i].ID })
	}
	return sealed
}

// Receipt answers a submission.
type Receipt struct {
	Task     Task
	Repeated bool // the same submission was accepted before
}

var errNoTask = fault.NotFound("TASK_NOT_FOUND", "no such task").At("task")

// assigned is a task of whoever acts, locked, with what it takes to judge its answers.
type assigned struct {
	Task
	Checklist uuid.UUID `db:"checklist_id"`
}

// Submit takes the answers of a task, from nobody but its assignee. The task is done with them; each failed item is a
// finding, and those that were not put right on the spot become cases in the background. The last task closes its
// campaign. The same submission is answered again, however often it comes.
//
// Faults, with the path of the input: ID_NOT_UUID_V7, INSPECTION_ID_REUSED at "id"; TASK_NOT_FOUND and
// ACTION_NOT_POSSIBLE at "task"; those of the answers below "answers"; POSITION_… and CAPTURED_IN_FUTURE below
// "position"; FLOORS_… below "floors"; those of media.Declare below "photos".
func Submit(ctx context.Context, tx *pg.Tx, s Submission) (Receipt, error) {
	point, err := s.accept(tx)
	if err != nil {
		return Receipt{}, err
	}
	task, err := pg.One[assigned](ctx, tx, lockTaskSQL, s.Task, tx.Actor.ID)
	if errors.Is(err, pgx.ErrNoRows) {
		return Receipt{}, errNoTask
	}
	if err != nil {
		return Receipt{}, err
	}
	hash, err := s.hash()
	if err != nil {
		return Receipt{}, err
	}
	if repeated, err := s.isRepeated(ctx, tx, hash); err != nil || repeated {
		return Receipt{task.Task, repeated}, err
	}
	if task.State != Open {
		return Receipt{}, fault.Conflict("ACTION_NOT_POSSIBLE", "this task is %s", task.State).At("task")
	}
	if err := s.store(ctx, tx, task, hash, point); err != nil {
		return Receipt{}, err
	}
	task.State, task.DoneAt = Done, &tx.Now
	audit.Record(tx, "inspection.submit", "inspection_task", task.ID.String(), map[string]any{"inspection": s.ID})
	return Receipt{Task: task.Task}, closeIfDone(ctx, tx, task.CampaignID)
}

var errFuture = fault.Invalid("CAPTURED_IN_FUTURE", "this position was captured in the future: the device's clock is wrong")

// accept checks what needs no store, and converts the position.
func (s Submission) accept(tx *pg.Tx) (geo.Point, error) {
	if s.ID.Version() != 7 || s.ID.Variant() != uuid.RFC4122 {
		return geo.Point{}, fault.Invalid("ID_NOT_UUID_V7", "an inspection's id is a UUIDv7 made by the client").At("id")
	}
	point, err := s.Position.Canonical()
	if err != nil {
		return point, fault.Under("position", err)
	}
	if s.Position.CapturedAt.After(tx.Now.Add(clockAhead)) {
		return point, errFuture.At("position.capturedAt")
	}
	for i, a := range s.Answers {
		if a.Number != nil && !finite(*a.Number) {
			return point, fault.Invalid("NUMBER_NOT_FINITE", "a number is finite").At("number").At(at("answers", i))
		}
		if err := a.located(tx.Now); err != nil {
			return point, fault.Under(at("answers", i), err)
		}
	}
	if err := checkFloors(s.Floors); err != nil {
		return point, err
	}
	return point, fault.Under("photos", media.Check(s.Photos))
}

// lowest and highest bound what a building can have.
const (
	lowest  = -10
	highest = 200
)

func checkFloors(floors []int) error {
	for i, f := range floors {
		switch {
		case f < lowest || f > highest || f == 0:
			return fault.Invalid("FLOORS_OUT_OF_RANGE", "a floor is %d to %d, and there is no 0", lowest, highest).At(at("floors", i))
		case slices.Contains(floors[:i], f):
			return fault.Invalid("FLOORS_REPEATED", "this floor is named twice").At(at("floors", i))
		}
	}
	return nil
}

// hash is SHA-256 over what was submitted, written in one way: the fields as a JSON list in this order, the time in
// microseconds, which is what the database keeps of one.
func (s Submission) hash() ([]byte, error) {
	p := s.Position
	fields := []any{"gridwork inspection 1", s.Task, s.Answers, p.Lon, p.Lat, p.Datum, p.Accuracy, p.Source, p.Mocked, p.CapturedAt.UnixMicro()}
	for _, photo := range s.Photos {
		fields = append(fields, photo.ID, photo.SHA256)
	}
	if len(s.Floors) > 0 { // what was submitted before there were any keeps its hash
		fields = append(fields, "floors", s.Floors)
	}
	body, err := json.Marshal(fields)
	if err != nil {
		return nil, fmt.Errorf("hash of an inspection: %w", err)
	}
	sum := sha256.Sum256(body)
	return sum[:], nil
}

type earlier struct {
	Hash   []byte    `db:"payload_hash"`
	Person uuid.UUID `db:"person_id"`
}

func (s Submission) isRepeated(ctx context.Context, tx *pg.Tx, hash []byte) (bool, error) {
	first, err := pg.One[earlier](ctx, tx, earlierSQL, s.ID)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err == nil && (!bytes.Equal(first.Hash, hash) || first.Person != tx.Actor.ID) {
		return false, errIDReused
	}
	return err == nil, err
}

var errIDReused = fault.Conflict("INSPECTION_ID_REUSED", "this id stands for another inspection").At("id")

func (s Submission) store(ctx context.Context, tx *pg.Tx, task assigned, hash []byte, point geo.Point) error {
	list, err := pg.One[Checklist](ctx, tx, checklistSQL, task.Checklist)
	if err != nil {
		return err
	}
	answers, err := list.answers(s.Answers, s.Photos, tx.Now)
	if err != nil {
		return err
	}
	var floors []int // null: not told
	if len(s.Floors) > 0 {
		floors = s.Floors
	}
	_, err = tx.Exec(ctx, insertInspectionSQL, s.ID, hash, task.ID, tx.Actor.ID, answers, point, s.Position.CapturedAt, tx.Now, floors)
	if pg.Constraint(err) == "inspections_pkey" {
		return errIDReused
	}
	if err != nil {
		return fmt.Errorf("store inspection: %w", err)
	}
	if err := s.declare(ctx, tx, task); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, taskDoneSQL, task.ID, tx.Now); err != nil {
		return err
	}
	if score := list.score(answers); score != nil {
		tx.Queue(insertScoreSQL, s.ID, score.Earned, score.Possible, score.Critical, score.Grade)
	}
	tx.Queue(measureSQL, pg.NewID(), s.ID)
	return s.storeFindings(ctx, tx, task, list.findings(answers), point)
}

// site is what a task sends somebody to: premises, or a cell with the circle around it.
type site struct {
	Point  geo.Point `db:"point"`
	ReachM float64   `db:"reach_m"`
}

// declare binds the photos to the inspection.
func (s Submission) declare(ctx context.Context, tx *pg.Tx, task assigned) error {
	if len(s.Photos) == 0 {
		return nil
	}
	scene := media.Scene{Subject: media.OfInspection, ID: s.ID, Position: &s.Position}
	at, err := pg.One[site](ctx, tx, siteSQL, task.Premises, task.Cell)
	switch {
	case err == nil:
		scene.Place, scene.ReachM = &at.Point, at.ReachM
	case !errors.Is(err, pgx.ErrNoRows):
		return err
	}
	return fault.Under("photos", media.Declare(ctx, tx, scene, s.Pictures()))
}

// findings are the failed items, in the checklist's order.
func (c Checklist) findings(answers []Answer) []Finding {
	var failed []Finding
	for _, item := range c.Items {
		for _, a := range answers {
			if a.Item != item.Code || a.Outcome != Fail {
				continue
			}
			if a.Note == "" {
				a.Note = item.QuestionZH
			}
			failed = append(failed, Finding{ID: pg.NewID(), Item: item.Code, Category: item.Category, Note: a.Note, Fixed: a.Fixed})
		}
	}
	return failed
}

func (s Submission) storeFindings(ctx context.Context, tx *pg.Tx, task assigned, failed []Finding, point geo.Point) error {
	if len(failed) == 0 {
		return nil
	}
	var ids []uuid.UUID
	var items, categories, notes []string
	var fixed []bool
	for _, f := range failed {
		ids, items, categories = append(ids, f.ID), append(items, f.Item), append(categories, f.Category)
		notes, fixed = append(notes, f.Note), append(fixed, f.Fixed)
		if !f.Fixed {
			tx.Emit(JobFile, FileJob{Finding: f.ID})
		}
	}
	_, err := tx.Exec(ctx, insertFindingsSQL, ids, items, categories, notes, fixed, s.ID, task.ID, task.Cell, task.Street, point, tx.Now)
	if err != nil {
		return fmt.Errorf("store findings: %w", err)
	}
	return nil
}
