package sampling

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/fault"
	"gridwork/pg"
)

var errNoSample = fault.NotFound("SAMPLE_NOT_FOUND", "no such sample")

// Get finds a sample of a region that the viewer supervises. SAMPLE_NOT_FOUND.
func Get(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Sample, error) {
	s, err := pg.One[Sample](ctx, tx, sampleSQL, tx.Actor.Scope(actor.Supervise).Regions, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return s, errNoSample
	}
	return s, err
}

// Samples lists those of regions that the viewer supervises, the newest first, after the given one (nil = from the first).
// All of them stay on the list, so that nobody draws until the result pleases. more tells whether others follow.
func Samples(ctx context.Context, tx *pg.Tx, before *uuid.UUID, first int) (found []Sample, more bool, err error) {
	found, err = pg.All[Sample](ctx, tx, samplesSQL, tx.Actor.Scope(actor.Supervise).Regions, before, first+1)
	return pg.Page(found, first, err)
}

// ByIDs finds samples of regions that the viewer supervises, ordered by id.
func ByIDs(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Sample, error) {
	return pg.All[Sample](ctx, tx, samplesByIDsSQL, tx.Actor.Scope(actor.Supervise).Regions, ids)
}

// sampleOf is the sample of a re-inspection.
func sampleOf(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Sample, error) {
	return pg.One[Sample](ctx, tx, ownSampleSQL, id)
}

// StrataOf are the strata of samples that the viewer has been shown already, ordered by key.
func StrataOf(ctx context.Context, tx *pg.Tx, samples []uuid.UUID) (map[uuid.UUID][]Stratum, error) {
	all, err := pg.All[Stratum](ctx, tx, strataSQL, samples)
	found := make(map[uuid.UUID][]Stratum, len(samples))
	for _, s := range all {
		found[s.Sample] = append(found[s.Sample], s)
	}
	return found, err
}

// Filter chooses among a sample's re-inspections.
type Filter struct {
	Sample uuid.UUID
	State  Step // "" = every one
}

// Reinspections lists a sample's cases, after the given one, for whoever supervises there.
func Reinspections(ctx context.Context, tx *pg.Tx, which Filter, after uuid.UUID, first int) (found []Reinspection, more bool, err error) {
	found, err = pg.All[Reinspection](ctx, tx, reinspectionsSQL, tx.Actor.Scope(actor.Supervise).Regions, which.Sample, which.State, after, first+1)
	return pg.Page(found, first, err)
}

// Mine are the cases that whoever acts was asked to look at again, after the given one.
func Mine(ctx context.Context, tx *pg.Tx, after uuid.UUID, first int) (found []Reinspection, more bool, err error) {
	found, err = pg.All[Reinspection](ctx, tx, myReinspectionsSQL, tx.Actor.ID, after, first+1)
	return pg.Page(found, first, err)
}

// asked is somebody who was asked to look at a case again.
type asked struct {
	Case   uuid.UUID `db:"case_id"`
	Person uuid.UUID `db:"person_id"`
}

// InspectorsOf are those who were asked to look at cases again, by case.
func InspectorsOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]uuid.UUID, error) {
	all, err := pg.All[asked](ctx, tx, askedSQL, cases)
	found := make(map[uuid.UUID][]uuid.UUID, len(all))
	for _, a := range all {
		found[a.Case] = append(found[a.Case], a.Person)
	}
	return found, err
}
