package inspection

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/geo"
	"gridwork/pg"
)

// Task 巡查任务 is one place's share of a campaign.
type Task struct {
	ID         uuid.UUID  `db:"id"`
	CampaignID uuid.UUID  `db:"campaign_id"`
	Cell       string     `db:"cell"`
	Premises   *string    `db:"premises"` // code of the premises to visit; nil: the cell itself
	Street     string     `db:"street"`
	AssigneeID *uuid.UUID `db:"assignee_id"` // whose it is; nil: nobody's
	State      TaskState  `db:"state"`
	DueAt      time.Time  `db:"due_at"`
	CreatedAt  time.Time  `db:"created_at"`
	DoneAt     *time.Time `db:"done_at"`
	CameBy     CameBy     `db:"came_by"`    // how the assignee got it
	OfferedTo  *uuid.UUID `db:"offered_to"` // the colleague who was asked to take it over
	OfferedAt  *time.Time `db:"offered_at"`
	GivenBack  *Hindrance `db:"given_back"` // why it was given back last
}

// TaskByID finds a task that exists for whoever acts: their own, one that is offered to them or of a cell that they look
// after, or of a street whose tasks they see.
func TaskByID(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Task, error) {
	t, _, err := see(ctx, tx, anyTaskSQL, id)
	return t, err
}

// Nobodys are the open tasks that nobody has in the actor's part of the city, or in one street of it ("" = every), the
// soonest due first, after a place (nil = from the first). more tells whether others follow.
func Nobodys(ctx context.Context, tx *pg.Tx, street string, after *Place, first int) (found []Task, more bool, err error) {
	if after == nil {
		after = &Place{}
	}
	scope := tx.Actor.Scope(actor.ReadTask)
	found, err = pg.All[Task](ctx, tx, nobodysSQL, scope.Regions, scope.Departments, street, after.DueAt, after.ID, first+1)
	return pg.Page(found, first, err)
}

// Claimable are the open tasks that whoever acts may claim, the soonest due first, after a place (nil = from the first).
// more tells whether others follow.
func Claimable(ctx context.Context, tx *pg.Tx, after *Place, first int) (found []Task, more bool, err error) {
	cells, err := cell.Held(ctx, tx, tx.Actor.ID)
	if err != nil || len(cells) == 0 {
		return nil, false, err
	}
	colleagues, err := cell.Colleagues(ctx, tx, tx.Actor.ID)
	if err != nil {
		return nil, false, err
	}
	there, err := identity.WorkingWithin(ctx, tx, actor.GridWorker, colleagues, tx.Now, tx.Now.Add(moment))
	if err != nil {
		return nil, false, err
	}
	away := slices.DeleteFunc(colleagues, func(person uuid.UUID) bool { return slices.Contains(there, person) })
	var streets []string
	for _, code := range cells {
		streets = append(streets, code[:min(streetDigits, len(code))])
	}
	if after == nil {
		after = &Place{}
	}
	found, err = pg.All[Task](ctx, tx, claimableSQL, slices.Compact(streets), cells, away, after.DueAt, after.ID, first+1)
	return pg.Page(found, first, err)
}

// Offered are the open tasks that colleagues ask whoever acts to take over, those asked first at the head.
func Offered(ctx context.Context, tx *pg.Tx) ([]Task, error) {
	return pg.All[Task](ctx, tx, offeredSQL, tx.Actor.ID)
}

// streetDigits is how many digits of a cell's code name its street.
const streetDigits = 9

// TaskEvent is a step of a task from hand to hand.
type TaskEvent struct {
	ID     uuid.UUID     `db:"id"`
	TaskID uuid.UUID     `db:"task_id"`
	Kind   TaskEventKind `db:"kind"`
	ByID   *uuid.UUID    `db:"by_id"`   // who did it; nil: the platform
	FromID *uuid.UUID    `db:"from_id"` // whose it was before; nil: nobody's
	ToID   *uuid.UUID    `db:"to_id"`   // whose it is, or may be, after; nil: nobody's
	Reason *Hindrance    `db:"reason"`  // of giving back
	Note   string        `db:"note"`
	At     time.Time     `db:"at"`
}

// TaskEvents are the steps of tasks that the actor has been shown already, by task, oldest first.
func TaskEvents(ctx context.Context, tx *pg.Tx, tasks []uuid.UUID) ([]TaskEvent, error) {
	return pg.All[TaskEvent](ctx, tx, eventsSQL, tasks)
}

// Place is where a page of tasks ended.
type Place struct {
	DueAt time.Time
	ID    uuid.UUID
}

// MyTasks are the open tasks of whoever acts, the soonest due first, after a place (nil = from the first). more tells
// whether others follow.
func MyTasks(ctx context.Context, tx *pg.Tx, after *Place, first int) (found []Task, more bool, err error) {
	if after == nil {
		after = &Place{}
	}
	found, err = pg.All[Task](ctx, tx, myTasksSQL, tx.Actor.ID, after.DueAt, after.ID, first+1)
	return pg.Page(found, first, err)
}

// TaskFilter chooses among a campaign's tasks.
type TaskFilter struct {
	Campaign uuid.UUID
	Street   string    // "" = every street
	State    TaskState // "" = every state
}

// Stop names a place in a campaign's list.
type Stop struct {
	Cell     string
	Premises string // code; "" = the cell itself
}

// Stop is the task's own.
func (t Task) Stop() Stop {
	s := Stop{Cell: t.Cell}
	if t.Premises != nil {
		s.Premises = *t.Premises
	}
	return s
}

// Tasks lists a campaign's tasks in the actor's part of the city by cell and premises, after a place (nil = from the first).
func Tasks(ctx context.Context, tx *pg.Tx, filter TaskFilter, after *Stop, first int) (found []Task, more bool, err error) {
	if after == nil {
		after = &Stop{}
	}
	scope := tx.Actor.Scope(actor.ReadTask)
	found, err = pg.All[Task](ctx, tx, tasksSQL, scope.Regions, scope.Departments, filter.Campaign, filter.Street, filter.State,
		after.Cell, after.Premises, first+1)
	return pg.Page(found, first, err)
}

// Finding 隐患 is an item that failed.
type Finding struct {
	ID           uuid.UUID  `db:"id"`
	InspectionID uuid.UUID  `db:"inspection_id"`
	TaskID       uuid.UUID  `db:"task_id"`
	Cell         string     `db:"cell"`
	Street       string     `db:"street"`
	Item         string     `db:"item"`     // code of the checklist's item
	Category     string     `db:"category"` // code
	Note         string     `db:"note"`     // what was seen; the question, where nothing was written
	Point        geo.Point  `db:"point"`
	Fixed        bool       `db:"fixed"`   // put right on the spot 即办
	CaseID       *uuid.UUID `db:"case_id"` // nil when fixed, and for the moment that filing takes
	FoundAt      time.Time  `db:"found_at"`
}

// FindingsOf finds what tasks brought to light, for tasks that the actor has been shown already: by task, in the order
// of the checklist.
func FindingsOf(ctx context.Context, tx *pg.Tx, tasks []uuid.UUID) (map[uuid.UUID][]Finding, error) {
	all, err := pg.All[Finding](ctx, tx, findingsSQL, tasks)
	found := make(map[uuid.UUID][]Finding, len(tasks))
	for _, f := range all {
		found[f.TaskID] = append(found[f.TaskID], f)
	}
	return found, err
}
