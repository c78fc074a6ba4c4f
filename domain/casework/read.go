package casework

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/escalation"
	"gridwork/fault"
	"gridwork/pg"
)

// Get finds a case that the viewer may see. Any other is CASE_NOT_FOUND, whether it exists or not.
func Get(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Case, error) {
	c, err := pg.One[Case](ctx, tx, casesByIDSQL, scoped(tx, []uuid.UUID{id})...)
	if errors.Is(err, pgx.ErrNoRows) {
		err = fault.NotFound("CASE_NOT_FOUND", "no such case")
	}
	return c, err
}

// ByIDs is Get for many, ordered by id; those that the viewer may not see are left out.
func ByIDs(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Case, error) {
	return pg.All[Case](ctx, tx, casesByIDSQL, scoped(tx, ids)...)
}

// Everything below is read of many cases in one query, by case; what the viewer may not see is left out.

// RoundsOf are a case's runs through the states, in order, each with the trace of its routing.
func RoundsOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]Round, error) {
	return byCase(ctx, tx, roundsSQL, cases, func(r Round) uuid.UUID { return r.CaseID })
}

// AssignmentsOf of all rounds, in order; those of one dispatch begin with the lead.
func AssignmentsOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]Assignment, error) {
	return byCase(ctx, tx, assignmentsSQL, cases, func(a Assignment) uuid.UUID { return a.CaseID })
}

// ReturnsOf of all rounds, in order.
func ReturnsOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]Return, error) {
	return byCase(ctx, tx, returnsSQL, cases, func(r Return) uuid.UUID { return r.CaseID })
}

// DisposalsOf of all rounds, in order.
func DisposalsOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]Disposal, error) {
	return byCase(ctx, tx, disposalsSQL, cases, func(d Disposal) uuid.UUID { return d.CaseID })
}

// ChecksOf of all rounds, in order.
func ChecksOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]CheckTask, error) {
	return byCase(ctx, tx, checksSQL, cases, func(c CheckTask) uuid.UUID { return c.CaseID })
}

// MyChecks are the checks that whoever acts was asked for and has not answered, oldest first. more tells whether others
// follow.
func MyChecks(ctx context.Context, tx *pg.Tx, page Page) (found []CheckTask, more bool, err error) {
	after := page.after()
	found, err = pg.All[CheckTask](ctx, tx, myChecksSQL, tx.Actor.ID, after.At, after.ID, page.First+1)
	return pg.Page(found, page.First, err)
}

// ChecksByIDs finds checks of cases that the viewer may see, ordered by id.
func ChecksByIDs(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]CheckTask, error) {
	return pg.All[CheckTask](ctx, tx, checksByIDSQL, scoped(tx, ids)...)
}

// Timeline is a page of what happened to a case, oldest first, after the given event (zero: from the start).
// CASE_NOT_FOUND for what the viewer cannot see.
func Timeline(ctx context.Context, tx *pg.Tx, id, after uuid.UUID, first int) (events []Event, more bool, err error) {
	if _, err := Get(ctx, tx, id); err != nil {
		return nil, false, err
	}
	events, err = pg.All[Event](ctx, tx, timelineSQL, id, after, first+1)
	if len(events) > first {
		return events[:first], true, err
	}
	return events, false, err
}

func byCase[T any](ctx context.Context, tx *pg.Tx, query string, cases []uuid.UUID, of func(T) uuid.UUID) (map[uuid.UUID][]T, error) {
	rows, err := pg.All[T](ctx, tx, query, scoped(tx, cases)...)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID][]T, len(cases))
	for _, row := range rows {
		found[of(row)] = append(found[of(row)], row)
	}
	return found, nil
}

// ClocksOf of all rounds, those that run first, then the newest.
func ClocksOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]escalation.Face, error) {
	found, err := byCase(ctx, tx, clocksSQL, cases, func(f escalation.Face) uuid.UUID { return *f.CaseID })
	if err != nil {
		return nil, err
	}
	return found, escalation.Read(ctx, tx, found)
}

// standingRow is a Standing as it is read.
type standingRow struct {
	ID         uuid.UUID `db:"id"`
	State      State     `db:"state"`
	Street     string    `db:"street"`
	Department string    `db:"department"`
	Handler    uuid.UUID `db:"handler"`
	Returns    int       `db:"returns"`
	Checker    uuid.UUID `db:"checker"`
	Answered   bool      `db:"answered"`
	Fixed      bool      `db:"fixed"`

	ContestableUntil *time.Time `db:"contestable_until"`

	DueAt       *time.Time                `db:"due_at"`
	Suspensions int                       `db:"suspensions"`
	Extensions  int                       `db:"extensions"`
	Asked       map[RequestKind]uuid.UUID `db:"asked"`

	Child        bool `db:"child"`
	ChildrenOpen bool `db:"children_open"`
	Waiting      bool `db:"waiting"`
	Restricted   bool `db:"restricted"`
	Dispute      bool `db:"dispute"`
}

// ActionsOf lists what whoever acts may do with each of many cases that the viewer may see.
func ActionsOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]Action, error) {
	rows, err := pg.All[standingRow](ctx, tx, standingsSQL, scoped(tx, cases)...)
	if err != nil {
		return nil, err
	}
	offered := make(map[uuid.UUID][]Action, len(rows))
	for _, r := range rows {
		s := Standing{State: r.State, Street: r.Street, Department: r.Department, Handler: r.Handler, Returns: r.Returns,
			Checker: r.Checker, Answered: r.Answered, Fixed: r.Fixed, Contestable: contestable(r.ContestableUntil, tx.Now),
			Late: r.DueAt != nil && tx.Now.After(*r.DueAt), Suspensions: r.Suspensions, Extensions: r.Extensions, Asked: r.Asked,
			Child: r.Child, ChildrenOpen: r.ChildrenOpen, Waiting: r.Waiting, Restricted: r.Restricted, Dispute: r.Dispute}
		offered[r.ID] = Actions(s, tx.Actor)
	}
	return offered, nil
}
