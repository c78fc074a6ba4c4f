package inspection

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/calendar"
	"gridwork/domain/cell"
	"gridwork/fault"
	"gridwork/pg"
)

// Plan 巡查计划 inspects places again and again: each of its periods is a campaign that the platform starts by itself.
type Plan struct {
	ID          uuid.UUID  `db:"id"`
	Name        string     `db:"name"`
	Region      string     `db:"region"` // division code
	ChecklistID uuid.UUID  `db:"checklist_id"`
	Places      Places     `db:"places"`
	Kind        *string    `db:"kind"` // only premises of this kind; nil: of every kind
	Rhythms     []Rhythm   `db:"rhythms"`
	Start       time.Time  `db:"starts_on"` // first day of the first period, as a date
	From        *string    `db:"season_from"`
	Until       *string    `db:"season_until"`
	CreatedBy   *uuid.UUID `db:"created_by"`
	CreatedAt   time.Time  `db:"created_at"`
	EndedAt     *time.Time `db:"ended_at"` // no period begins after it
}

// StartsOn is the first day of the first period.
func (p Plan) StartsOn() calendar.Date { return calendar.DateOf(p.Start) }

// Season is when periods may begin; nil: all year.
func (p Plan) Season() *Season {
	if p.From == nil {
		return nil
	}
	return &Season{From: *p.From, Until: *p.Until}
}

// CreatePlan is a plan to create.
type CreatePlan struct {
	Name      string    // 1 to 100 characters
	Region    string    // division code of any level
	Checklist uuid.UUID // names the version, too
	Places    Places
	Kind      *string  // of premises, as the city names its kinds
	Rhythms   []Rhythm // one for each grade of risk that is visited, or a single one without a grade for every place
	StartsOn  calendar.Date
	Season    *Season
}

// NewPlan creates a plan. The period that is under way, if the plan has begun, gets its tasks at once, every other one in
// the night in which it begins. Faults: NOT_ALLOWED and UNKNOWN_REGION at "region", CHECKLIST_NOT_FOUND at "checklist",
// PLAN_… at the path of what is wrong.
func NewPlan(ctx context.Context, tx *pg.Tx, in CreatePlan) (Plan, error) {
	p, err := in.plan(tx)
	if err != nil {
		return Plan{}, err
	}
	p, err = pg.One[Plan](ctx, tx, insertPlanSQL, p.ID, p.Name, p.Region, p.ChecklistID, p.Places, p.Kind, p.Rhythms, p.Start,
		p.From, p.Until, starter(tx.Actor), tx.Now)
	switch pg.Constraint(err) {
	case "inspection_plans_checklist_id_fkey":
		return Plan{}, errNoChecklist
	case "inspection_plans_region_fkey":
		return Plan{}, errNoRegion
	}
	if err != nil {
		return Plan{}, fmt.Errorf("create plan: %w", err)
	}
	audit.Record(tx, "plan.create", "plan", p.ID.String(), map[string]any{"region": p.Region, "checklist": p.ChecklistID})
	return p, p.keep(ctx, tx)
}

// plan checks what needs no store.
func (in CreatePlan) plan(tx *pg.Tx) (Plan, error) {
	if !tx.Actor.May(actor.AdministerAll, in.Region, "") {
		return Plan{}, fault.Denied("NOT_ALLOWED", "plans are made by the region's administrators").At("region")
	}
	p := Plan{ID: pg.NewID(), Name: in.Name, Region: in.Region, ChecklistID: in.Checklist, Places: in.Places, Kind: in.Kind, Rhythms: in.Rhythms,
		Start: in.StartsOn.Midnight(time.UTC)}
	if in.Season != nil {
		if err := in.Season.check(); err != nil {
			return Plan{}, fault.Under("season", err)
		}
		p.From, p.Until = &in.Season.From, &in.Season.Until
	}
	switch {
	case !words(in.Name, maxName):
		return Plan{}, fault.Invalid("PLAN_NAME", "a name has 1 to %d characters", maxName).At("name")
	case in.Places == OfCells && in.Kind != nil:
		return Plan{}, fault.Invalid("PLAN_KIND", "cells have no kind").At("kind")
	case in.Kind != nil && !words(*in.Kind, maxName):
		return Plan{}, fault.Invalid("PLAN_KIND", "a kind has 1 to %d characters", maxName).At("kind")
	case !calendar.DateOf(tx.Now.AddDate(-1, 0, 0)).Before(in.StartsOn) || calendar.DateOf(tx.Now.AddDate(5, 0, 0)).Before(in.StartsOn):
		return Plan{}, fault.Invalid("PLAN_START", "a plan begins at most a year ago and at most five years ahead").At("startsOn")
	}
	return p, checkRhythms(in.Places, in.Rhythms)
}

var (
	errNoPlan      = fault.NotFound("PLAN_NOT_FOUND", "no such plan")
	errNoChecklist = fault.NotFound("CHECKLIST_NOT_FOUND", "no such checklist").At("checklist")
	errNoRegion    = fault.NotFound(cell.CodeUnknownRegion, "no such region").At("region")
)

// EndPlan ends a plan: no period begins after it; the tasks of those under way stay. A second time changes nothing.
// Faults: PLAN_NOT_FOUND, NOT_ALLOWED.
func EndPlan(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Plan, error) {
	p, err := PlanByID(ctx, tx, id)
	if err != nil || p.EndedAt != nil {
		return p, err
	}
	if !tx.Actor.May(actor.AdministerAll, p.Region, "") {
		return Plan{}, fault.Denied("NOT_ALLOWED", "plans are ended by the region's administrators")
	}
	if _, err := tx.Exec(ctx, endPlanSQL, p.ID, starter(tx.Actor), tx.Now); err != nil {
		return Plan{}, fmt.Errorf("end plan: %w", err)
	}
	audit.Record(tx, "plan.end", "plan", p.ID.String(), struct{}{})
	p.EndedAt = &tx.Now
	return p, nil
}

// PlanByID finds a plan that touches the actor's part of the city: it lies there, or covers it.
func PlanByID(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Plan, error) {
	scope := tx.Actor.Scope(actor.ReadTask)
	p, err := pg.One[Plan](ctx, tx, planInScopeSQL, scope.Regions, scope.Departments, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return p, errNoPlan
	}
	return p, err
}

// Plans lists those that touch the actor's part of the city, newest first, after the given one; more tells whether older
// ones follow.
func Plans(ctx context.Context, tx *pg.Tx, before *uuid.UUID, first int) (found []Plan, more bool, err error) {
	scope := tx.Actor.Scope(actor.ReadTask)
	found, err = pg.All[Plan](ctx, tx, plansSQL, scope.Regions, scope.Departments, before, first+1)
	return pg.Page(found, first, err)
}

// PlansOf finds the plans of campaigns that the actor has been shown already, ordered by id.
func PlansOf(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Plan, error) {
	return pg.All[Plan](ctx, tx, plansByIDSQL, ids)
}

// Preview is what one period of a plan would make.
type Preview struct {
	Rhythm Rhythm
	// From and To are the first and the last day of the next period to be generated, the one under way included; nil where
	// none begins within two years, for want of a season.
	From, To *calendar.Date
	Streets  []Share // by code; those without a place are left out
}

// Tasks is how many the period would make.
func (p Preview) Tasks() (total int) {
	for _, s := range p.Streets {
		total += s.Places
	}
	return total
}

// Share is how many places of a street are visited.
type Share struct {
	Street string `db:"street"`
	Places int    `db:"places"`
}

// PreviewPlan tells for each rhythm of a plan that was not created yet how many tasks a period of it would make today, by
// street. Faults: as of NewPlan.
func PreviewPlan(ctx context.Context, tx *pg.Tx, in CreatePlan) ([]Preview, error) {
	p, err := in.plan(tx)
	if err != nil {
		return nil, err
	}
	if _, err := cell.InRegion(ctx, tx, in.Region, "", 1); err != nil {
		return nil, errNoRegion
	}
	return p.preview(ctx, tx, func(r Rhythm) (Period, bool) { return p.next(r, today(tx.Now)) })
}

// Upcoming tells for each rhythm of a plan which period begins next, the one under way left out, and how many tasks it would make
// as places are today; none once the plan has ended.
func Upcoming(ctx context.Context, tx *pg.Tx, p Plan) ([]Preview, error) {
	if p.EndedAt != nil {
		return []Preview{}, nil
	}
	return p.preview(ctx, tx, func(r Rhythm) (Period, bool) { return p.next(r, p.after(r, today(tx.Now))) })
}

// preview tells of one period of each rhythm.
func (p Plan) preview(ctx context.Context, tx *pg.Tx, of func(Rhythm) (Period, bool)) (all []Preview, err error) {
	all = make([]Preview, len(p.Rhythms))
	for i, r := range p.Rhythms {
		all[i].Rhythm = r
		if period, ok := of(r); ok {
			from, to := calendar.DateOf(period.Start), calendar.DateOf(period.End.AddDate(0, 0, -1))
			all[i].From, all[i].To = &from, &to
		}
		if all[i].Streets, err = pg.All[Share](ctx, tx, p.Places.count(), p.Region, p.Kind, r.Risk, tx.Now); err != nil {
			return nil, err
		}
	}
	return all, nil
}
