package inspection

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/geo"
	"gridwork/pg"
)

// Inspection 巡查 is what a task's place was like when somebody was there.
type Inspection struct {
	ID          uuid.UUID `db:"id"`
	TaskID      uuid.UUID `db:"task_id"`
	ChecklistID uuid.UUID `db:"checklist_id"` // names the version
	CapturedAt  time.Time `db:"captured_at"`  // when the position was read, by the handheld's clock
	SubmittedAt time.Time `db:"submitted_at"`
	// Answers are nil for a viewer who may see the task and not what was answered.
	Answers  []Answer `db:"answers"`
	Earned   *float64 `db:"earned"` // nil, like what follows, where the checklist has no points
	Possible *float64 `db:"possible"`
	Critical *bool    `db:"critical"`
	Grade    *string  `db:"grade"`
}

// Score is what the answers came to; nil where the checklist has no points.
func (i Inspection) Score() *Score {
	if i.Earned == nil || i.Possible == nil || i.Critical == nil {
		return nil
	}
	s := &Score{Earned: *i.Earned, Possible: *i.Possible, Critical: *i.Critical}
	if i.Grade != nil {
		s.Grade = *i.Grade
	}
	return s
}

// InspectionsOf finds the inspections of tasks that the actor has been shown already, by task.
func InspectionsOf(ctx context.Context, tx *pg.Tx, tasks []uuid.UUID) ([]Inspection, error) {
	scope := tx.Actor.Scope(actor.ReadClue)
	return pg.All[Inspection](ctx, tx, inspectionsOfSQL, scope.Regions, scope.Departments, tasks, tx.Actor.ID)
}

// Band is one of the checklist's grades; nil for none.
func (c Checklist) Band(code string) *Band {
	for i := range c.Bands {
		if c.Bands[i].Code == code {
			return &c.Bands[i]
		}
	}
	return nil
}

// Place is where the answer's position lies in WGS 84; nil where it has none.
func (a Answer) Place() *geo.Point {
	if a.Location == nil {
		return nil
	}
	point, err := a.Location.Canonical()
	if err != nil {
		return nil // it was taken in, so this does not happen
	}
	return &point
}

// Accuracy is how exact that is, in metres; nil where the answer has no position.
func (a Answer) Accuracy() *float64 {
	if a.Location == nil {
		return nil
	}
	return &a.Location.Accuracy
}
