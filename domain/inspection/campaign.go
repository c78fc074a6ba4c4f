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
	"gridwork/domain/place"
	"gridwork/fault"
	"gridwork/pg"
)

// longest is how far ahead a campaign may be due.
const longest = 366 * 24 * time.Hour

// JobGenerate is the outbox kind that asks for Generate until nothing is left; its payload is a GenerateJob.
const JobGenerate = "campaign.generate"

// GenerateJob names the campaign.
type GenerateJob struct {
	Campaign uuid.UUID `json:"campaign"`
}

// Campaign 专项排查 is one inspection over many places of a region at once: somebody started it, or it is a period of a plan.
type Campaign struct {
	ID          uuid.UUID     `db:"id"`
	Name        string        `db:"name"`
	Region      string        `db:"region"` // division code
	ChecklistID uuid.UUID     `db:"checklist_id"`
	DueAt       time.Time     `db:"due_at"`
	State       CampaignState `db:"state"`
	Total       int           `db:"total"`     // places when it was started, then the tasks that were made
	Generated   int           `db:"generated"` // tasks made so far
	CreatedBy   *uuid.UUID    `db:"created_by"`
	CreatedAt   time.Time     `db:"created_at"`
	Places      Places        `db:"places"`
	Kind        *string       `db:"kind"`      // only premises of this kind; nil: of every kind
	Risk        *place.Risk   `db:"risk"`      // only premises of this grade; nil: of every grade
	PlanID      *uuid.UUID    `db:"plan_id"`   // whose period it is; nil: somebody started it
	Begin       *time.Time    `db:"starts_on"` // the period's first day, as a date; nil: no period
	ClosedAt    *time.Time    `db:"closed_at"`
}

// StartsOn is the period's first day; nil: no period.
func (c Campaign) StartsOn() *calendar.Date {
	if c.Begin == nil {
		return nil
	}
	day := calendar.DateOf(*c.Begin)
	return &day
}

// Start is a campaign to start.
type Start struct {
	Name      string    // 1 to 100 characters
	Region    string    // division code of any level
	Checklist uuid.UUID // names the version, too
	DueAt     time.Time // in the future, at most a year
	Places    Places    // "" = cells
	Kind      *string   // only premises of this kind
	Risk      *place.Risk
}

// StartCampaign starts a campaign; its tasks are made in the background, batch by batch. Faults: NOT_ALLOWED and
// UNKNOWN_REGION at "region", CAMPAIGN_NAME at "name", CAMPAIGN_DUE at "dueAt", CAMPAIGN_PLACES at "kind" and "risk",
// CHECKLIST_NOT_FOUND at "checklist".
func StartCampaign(ctx context.Context, tx *pg.Tx, in Start) (Campaign, error) {
	if in.Places == "" {
		in.Places = OfCells
	}
	if !tx.Actor.May(actor.Campaign, in.Region, "") {
		return Campaign{}, fault.Denied("NOT_ALLOWED", "you may not start a campaign there").At("region")
	}
	switch {
	case !words(in.Name, maxName):
		return Campaign{}, fault.Invalid("CAMPAIGN_NAME", "a name has 1 to %d characters", maxName).At("name")
	case !in.DueAt.After(tx.Now) || in.DueAt.After(tx.Now.Add(longest)):
		return Campaign{}, fault.Invalid("CAMPAIGN_DUE", "a campaign is due in the future, within a year").At("dueAt")
	case in.Places == OfCells && in.Kind != nil:
		return Campaign{}, fault.Invalid("CAMPAIGN_PLACES", "cells have no kind").At("kind")
	case in.Places == OfCells && in.Risk != nil:
		return Campaign{}, fault.Invalid("CAMPAIGN_PLACES", "cells have no grade").At("risk")
	}
	shares, err := pg.All[Share](ctx, tx, in.Places.count(), in.Region, in.Kind, in.Risk, tx.Now)
	if err != nil {
		return Campaign{}, err
	}
	total := 0
	for _, s := range shares {
		total += s.Places
	}
	c, err := pg.One[Campaign](ctx, tx, insertCampaignSQL, pg.NewID(), in.Name, in.Region, in.Checklist, in.DueAt, total, starter(tx.Actor), tx.Now,
		in.Places, in.Kind, in.Risk)
	switch pg.Constraint(err) {
	case "campaigns_checklist_id_fkey":
		return Campaign{}, errNoChecklist
	case "campaigns_region_fkey":
		return Campaign{}, errNoRegion
	}
	if err != nil {
		return Campaign{}, fmt.Errorf("start campaign: %w", err)
	}
	tx.Emit(JobGenerate, GenerateJob{Campaign: c.ID})
	audit.Record(tx, "campaign.start", "campaign", c.ID.String(), map[string]any{"region": in.Region, "checklist": in.Checklist, "places": total})
	return c, nil
}

func starter(a *actor.Actor) *uuid.UUID {
	if !a.IsPerson() {
		return nil
	}
	return &a.ID
}

var errNoCampaign = fault.NotFound("CAMPAIGN_NOT_FOUND", "no such campaign")

// CampaignByID finds a campaign that touches the actor's part of the city: it lies there, or covers it.
func CampaignByID(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Campaign, error) {
	scope := tx.Actor.Scope(actor.ReadTask)
	c, err := pg.One[Campaign](ctx, tx, campaignInScopeSQL, scope.Regions, scope.Departments, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, errNoCampaign
	}
	return c, err
}

// Campaigns lists those that touch the actor's part of the city, newest first, after the given one: the periods of a plan,
// or without one what somebody started. more tells whether older ones follow.
func Campaigns(ctx context.Context, tx *pg.Tx, plan, before *uuid.UUID, first int) (found []Campaign, more bool, err error) {
	scope := tx.Actor.Scope(actor.ReadTask)
	found, err = pg.All[Campaign](ctx, tx, campaignsSQL, scope.Regions, scope.Departments, before, first+1, plan)
	return pg.Page(found, first, err)
}

// CampaignsOf finds the campaigns of tasks that the actor has been shown already, ordered by id.
func CampaignsOf(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Campaign, error) {
	return pg.All[Campaign](ctx, tx, campaignsByIDSQL, ids)
}

// CloseCampaign ends a campaign whether or not its tasks are done: in the background, those that are open are taken off
// people's hands, and count as not reached. A second time changes nothing. Faults: CAMPAIGN_NOT_FOUND, NOT_ALLOWED.
func CloseCampaign(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Campaign, error) {
	c, err := CampaignByID(ctx, tx, id)
	if err != nil {
		return Campaign{}, err
	}
	if !tx.Actor.May(actor.Campaign, c.Region, "") {
		return Campaign{}, fault.Denied("NOT_ALLOWED", "you may not close a campaign there")
	}
	ending, err := pg.One[Campaign](ctx, tx, endCampaignSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, nil
	}
	if err != nil {
		return Campaign{}, fmt.Errorf("close campaign: %w", err)
	}
	tx.Emit(JobEnd, GenerateJob{Campaign: id})
	audit.Record(tx, "campaign.close", "campaign", id.String(), struct{}{})
	return ending, nil
}

// Progress is how far a campaign has come in one street.
type Progress struct {
	Campaign uuid.UUID `db:"campaign_id"`
	Street   string    `db:"street"`
	Tasks    int       `db:"tasks"`
	Done     int       `db:"done"`
	Findings int       `db:"findings"`
	Fixed    int       `db:"fixed"` // findings that were put right on the spot
	Cases    int       `db:"cases"` // findings that became cases
	// Unreached are tasks that were open when the campaign was closed, and Reasons why, by reason.
	Unreached int         `db:"unreached"`
	Reasons   []Unreached `db:"reasons"`
}

// Unreached is how many tasks were not reached for one reason.
type Unreached struct {
	Reason UnreachedReason `json:"reason"`
	Tasks  int             `json:"tasks"`
}

// ProgressOf counts the tasks of campaigns street by street, ordered by campaign and street: one query for any number.
func ProgressOf(ctx context.Context, tx *pg.Tx, campaigns []uuid.UUID) ([]Progress, error) {
	return pg.All[Progress](ctx, tx, progressSQL, campaigns)
}
