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
	"gridwork/domain/cell"
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

// Campaign 专项排查 is one inspection over every cell of a region at once.
type Campaign struct {
	ID          uuid.UUID     `db:"id"`
	Name        string        `db:"name"`
	Region      string        `db:"region"` // division code
	ChecklistID uuid.UUID     `db:"checklist_id"`
	DueAt       time.Time     `db:"due_at"`
	State       CampaignState `db:"state"`
	Total       int           `db:"total"`     // cells of the region when it was started, then the tasks that were made
	Generated   int           `db:"generated"` // tasks made so far
	CreatedBy   *uuid.UUID    `db:"created_by"`
	CreatedAt   time.Time     `db:"created_at"`
}

// Start is a campaign to start.
type Start struct {
	Name      string    // 1 to 100 characters
	Region    string    // division code of any level
	Checklist uuid.UUID // names the version, too
	DueAt     time.Time // in the future, at most a year
}

// StartCampaign starts a campaign; its tasks are made in the background, batch by batch. Faults: NOT_ALLOWED and
// UNKNOWN_REGION at "region", CAMPAIGN_NAME at "name", CAMPAIGN_DUE at "dueAt", CHECKLIST_NOT_FOUND at "checklist".
func StartCampaign(ctx context.Context, tx *pg.Tx, in Start) (Campaign, error) {
	if !tx.Actor.May(actor.Campaign, in.Region, "") {
		return Campaign{}, fault.Denied("NOT_ALLOWED", "you may not start a campaign there").At("region")
	}
	switch {
	case !words(in.Name, maxName):
		return Campaign{}, fault.Invalid("CAMPAIGN_NAME", "a name has 1 to %d characters", maxName).At("name")
	case !in.DueAt.After(tx.Now) || in.DueAt.After(tx.Now.Add(longest)):
		return Campaign{}, fault.Invalid("CAMPAIGN_DUE", "a campaign is due in the future, within a year").At("dueAt")
	}
	cells, err := cell.Count(ctx, tx, in.Region)
	if err != nil {
		return Campaign{}, err
	}
	c, err := pg.One[Campaign](ctx, tx, insertCampaignSQL, pg.NewID(), in.Name, in.Region, in.Checklist, in.DueAt, cells, starter(tx.Actor), tx.Now)
	switch pg.Constraint(err) {
	case "campaigns_checklist_id_fkey":
		return Campaign{}, fault.NotFound("CHECKLIST_NOT_FOUND", "no such checklist").At("checklist")
	case "campaigns_region_fkey":
		return Campaign{}, fault.NotFound(cell.CodeUnknownRegion, "no such region").At("region")
	}
	if err != nil {
		return Campaign{}, fmt.Errorf("start campaign: %w", err)
	}
	tx.Emit(JobGenerate, GenerateJob{Campaign: c.ID})
	audit.Record(tx, "campaign.start", "campaign", c.ID.String(), map[string]any{"region": in.Region, "checklist": in.Checklist, "cells": cells})
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

// Campaigns lists those that touch the actor's part of the city, newest first, after the given one; more tells whether
// older ones follow.
func Campaigns(ctx context.Context, tx *pg.Tx, before *uuid.UUID, first int) (found []Campaign, more bool, err error) {
	scope := tx.Actor.Scope(actor.ReadTask)
	found, err = pg.All[Campaign](ctx, tx, campaignsSQL, scope.Regions, scope.Departments, before, first+1)
	return page(found, first, err)
}

// CampaignsOf finds the campaigns of tasks that the actor has been shown already, ordered by id.
func CampaignsOf(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Campaign, error) {
	return pg.All[Campaign](ctx, tx, campaignsByIDSQL, ids)
}

// Progress is how far a campaign has come in one street.
type Progress struct {
	Campaign uuid.UUID `db:"campaign_id"`
	Street   string    `db:"street"`
	Tasks    int       `db:"tasks"`
	Done     int       `db:"done"`
	Findings int       `db:"findings"`
}

// ProgressOf counts the tasks of campaigns street by street, ordered by campaign and street: one query for any number.
func ProgressOf(ctx context.Context, tx *pg.Tx, campaigns []uuid.UUID) ([]Progress, error) {
	return pg.All[Progress](ctx, tx, progressSQL, campaigns)
}

func page[T any](found []T, first int, err error) ([]T, bool, error) {
	if len(found) > first {
		return found[:first], true, err
	}
	return found, false, err
}
